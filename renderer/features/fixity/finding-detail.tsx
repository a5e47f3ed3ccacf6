import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { FindingDetail as Detail } from '../../../shared/contract/decisions.ts';
import { useCall } from '../../client/index.ts';
import {
  EmptyState,
  Notch,
  Notice,
  PathText,
  plainVisible,
  ProblemNotice,
  SafeText,
  Section,
  Skeleton,
  Term,
  Time,
  useTexts,
} from '../../ui/index.ts';
import { ChecksAround } from './checks-around.tsx';
import type { Deciding } from './decisions.ts';
import { DifferenceBar } from './difference-bar.tsx';
import { differenceOf } from './difference.ts';
import styles from './detail.module.css';
import { FactsCompared } from './facts-compared.tsx';
import { findingWords } from './finding-words.ts';
import { OtherCopies } from './other-copies.tsx';
import { WaysOut } from './ways-out.tsx';

interface Props {
  readonly id: string;
  readonly isReadOnly: boolean;
  readonly onDecide: (deciding: Deciding) => void;
  /** What became of a decision that was made here. */
  readonly outcome: ReactNode;
}

export function FindingDetail(props: Props): ReactNode {
  const { t } = useTexts('fixity');
  const isId = /^find-[1-9]\d*$/.test(props.id);
  const finding = useCall('decisions', 'finding', { id: props.id }, { enabled: isId });
  if (finding.data !== undefined) return <Known {...props} finding={finding.data} />;
  if (!isId || finding.error?.code === 'NOT_FOUND')
    return (
      <EmptyState title={t('detail.none', { id: plainVisible(props.id, 60) })} why={t('detail.noneWhy')} />
    );
  if (finding.error !== null)
    return (
      <ProblemNotice
        error={finding.error}
        onRetry={() => {
          finding.refetch().catch(() => undefined);
        }}
      />
    );
  return <Skeleton lines={12} />;
}

function Known({ finding, isReadOnly, onDecide, outcome }: Props & { readonly finding: Detail }): ReactNode {
  const { t } = useTexts('fixity');
  const { location, accession, resolution, massChange, object, setAside } = finding;
  const difference = differenceOf(finding);
  return (
    <>
      <header className={styles.head}>
        <div className={styles.outcome}>
          {resolution === undefined ? (
            <Notch kind="finding" label={t(`outcome.${finding.outcome}`)} />
          ) : (
            <span className={styles.resolved}>
              {t(`resolved.${resolution.as.replaceAll(' ', '_')}`)} <Time at={resolution.at} />
            </span>
          )}
          <span className={styles.id}>{finding.id}</span>
        </div>
        <h2 className={styles.name}>
          <PathText path={finding.path} />
        </h2>
        <p className={styles.where}>
          <Link to="/locations/$id" params={{ id: location.id }}>
            {plainVisible(location.name, 80)}
          </Link>
          <span aria-hidden="true">·</span>
          <Link to="/accessions/$id" params={{ id: accession.id }}>
            {t('detail.accession', { number: accession.number })}
          </Link>
          <span aria-hidden="true">·</span>
          <Link to="/holdings/$id" params={{ id: object }}>
            {t('detail.recording')}
          </Link>
        </p>
        <p className={styles.sentence}>{findingWords(finding, t)}</p>
        {resolution?.reason !== undefined && (
          <p>
            {t('detail.reason')} <SafeText value={resolution.reason} maxLength={2_000} isMultiline />
          </p>
        )}
        {setAside.map(({ id, state }) => (
          <p key={id}>
            {t(`detail.aside.${state}`)}{' '}
            <Link to="/fixity/$id" params={{ id }}>
              {t('detail.toAside', { id })}
            </Link>
          </p>
        ))}
      </header>
      {outcome}
      {massChange !== undefined && resolution === undefined && (
        <Notice
          tone="finding"
          title={t('detail.mass')}
          actions={
            <Link to="/fixity/$id" params={{ id: massChange }}>
              {t('detail.massAct')}
            </Link>
          }
        />
      )}
      <Section title={t('compared.title')}>
        <FactsCompared finding={finding} />
        {difference !== undefined && <DifferenceBar difference={difference} />}
      </Section>
      {resolution === undefined && (
        <Section title={t('ways.title')} description={t('ways.why')}>
          <WaysOut finding={finding} isReadOnly={isReadOnly} onDecide={onDecide} />
        </Section>
      )}
      <Section title={t('checks.title')}>
        <ChecksAround finding={finding} />
      </Section>
      <Section
        title={
          <>
            {t('copies.title')} <Term id="replica">{t('copies.term')}</Term>
          </>
        }
      >
        <OtherCopies copies={finding.otherCopies} />
      </Section>
      {resolution === undefined && (
        <details className={styles.commands}>
          <summary>{t('detail.commands')}</summary>
          <ul>
            {finding.ways
              .filter(({ fits }) => fits)
              .map(({ way, command }) => (
                <li key={way}>
                  <code>{command}</code>
                </li>
              ))}
          </ul>
        </details>
      )}
    </>
  );
}
