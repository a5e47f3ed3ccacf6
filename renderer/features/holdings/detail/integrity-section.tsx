import type { ReactNode } from 'react';
import type { Evidence, Integrity } from '../../../../shared/contract/integrity.ts';
import {
  Bytes,
  Digest,
  Facts,
  formatCount,
  formatDate,
  Notch,
  plainVisible,
  SafeText,
  Term,
  useTexts,
} from '../../../ui/index.ts';
import { DamageBar } from './damage-bar.tsx';
import css from './detail.module.css';
import integrityCss from './integrity.module.css';
import { TextLink } from './text-link.tsx';

const DAMAGED: ReadonlySet<Integrity['verdict']> = new Set([
  'essence_damaged',
  'truncated',
  'header_damaged',
]);
const MOST_TEXT = 2_000;

interface IntegritySectionProps {
  readonly integrity: Integrity;
  readonly durationMs: number | undefined;
  readonly onOpen: (id: string) => void;
}

/** What a file of sound proves about itself: the verdict and how it is known, where it is damaged, and what it tells of its origin. */
export function IntegritySection({ integrity, durationMs, onOpen }: IntegritySectionProps): ReactNode {
  const { t } = useTexts('holdings');
  const { verdict, depth, checkedAt, proofs, lacks, problems, essence, evidence, relatives } = integrity;
  return (
    <div className={css.stack}>
      <div className={integrityCss.verdict}>
        {DAMAGED.has(verdict) && <Notch kind="finding" label={t('integrity.damaged')} />}
        <p className={integrityCss.sentence}>{t(`integrity.verdict.${verdict}`)}</p>
        <p className={css.note}>
          {t(`integrity.depth.${depth}`, { date: formatDate(checkedAt) })}
          {integrity.protection !== undefined && ` ${plainVisible(integrity.protection, 120)}`}
        </p>
      </div>
      {problems.length > 0 && (
        <>
          <DamageBar problems={problems} durationMs={durationMs} />
          <ul className={integrityCss.problems}>
            {problems.map(({ code, message, offset }, at) => (
              <li key={`${code}-${String(offset)}-${String(at)}`}>
                <SafeText value={message} maxLength={500} />
              </li>
            ))}
          </ul>
        </>
      )}
      <Facts
        rows={[
          ...proofs.map((proof) => ({ term: t('integrity.proof'), value: <SafeText value={proof} /> })),
          ...lacks.map((lack) => ({ term: t('integrity.lack'), value: <SafeText value={lack} /> })),
        ]}
      />
      {essence !== undefined && (
        <div>
          <h3 className={css.subtitle}>
            <Term id="essence">{t('integrity.essence')}</Term>
          </h3>
          <Digest value={essence.value} algorithm={essence.definition} />
        </div>
      )}
      {relatives.length > 0 && (
        <div>
          <h3 className={css.subtitle}>{t('integrity.relatives')}</h3>
          <ul className={integrityCss.problems}>
            {relatives.map(({ id, title, path }) => (
              <li key={id}>
                <TextLink id={id} text={path?.display ?? title} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {evidence.length > 0 && (
        <div>
          <h3 className={css.subtitle}>{t('integrity.evidence')}</h3>
          <p className={css.note}>{t('integrity.evidenceWhat')}</p>
          {evidence.map((part) => (
            <EvidencePart key={`${part.name}-${String(part.offset)}`} part={part} />
          ))}
        </div>
      )}
      {integrity.unlisted > 0 && (
        <p className={css.note}>{t('integrity.unlisted', { count: integrity.unlisted })}</p>
      )}
    </div>
  );
}

function EvidencePart({ part }: { readonly part: Evidence }): ReactNode {
  const { t } = useTexts('holdings');
  const { kind, name, offset, length, sha256, fields = {} } = part;
  return (
    <details className={integrityCss.part}>
      <summary>
        <span className={integrityCss.name}>
          <SafeText value={name} maxLength={80} />
        </span>{' '}
        <span className={css.muted}>
          {t(`integrity.kind.${kind}`)} · <Bytes value={length} /> ·{' '}
          {t('integrity.offset', { n: formatCount(offset) })}
        </span>
      </summary>
      <Facts
        rows={[
          ...Object.entries(fields).map(([field, value]) => ({
            term: <SafeText value={field} maxLength={80} />,
            value: <SafeText value={String(value)} maxLength={MOST_TEXT} isMultiline />,
          })),
          { term: t('integrity.digest'), value: <Digest value={sha256} algorithm="sha256" /> },
        ]}
      />
    </details>
  );
}
