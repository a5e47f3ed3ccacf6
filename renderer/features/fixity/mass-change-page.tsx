import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { MassChange } from '../../../shared/contract/decisions.ts';
import { MASS_DECISIONS } from '../../../shared/domain/mass-change.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Columns,
  EmptyState,
  Facts,
  formatCount,
  formatDateTime,
  Notch,
  Page,
  PathText,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  SafeText,
  Section,
  Skeleton,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import { FINDING_OUTCOMES } from './fixity-search.ts';
import { MassFindings } from './mass-findings.tsx';
import styles from './mass.module.css';
import { lookKey, outcomesOf } from './mass-words.ts';

type MassDecision = (typeof MASS_DECISIONS)[number];

/** Many files that changed at once: what, where, since when, what it looks like, what waits; and the decision. */
export function MassChangePage({ id }: { readonly id: string }): ReactNode {
  const { t } = useTexts('fixity');
  const change = useCall('decisions', 'massChange', { id });
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? true;
  if (change.data !== undefined) return <Known change={change.data} isReadOnly={isReadOnly} />;
  return (
    <Page title={t('mass.title')}>
      {change.isPending && <Skeleton lines={8} />}
      {change.error?.code === 'NOT_FOUND' && (
        <EmptyState
          title={t('mass.none', { id })}
          why={t('mass.noneWhy')}
          action={<Link to="/fixity">{t('mass.toFindings')}</Link>}
        />
      )}
      {change.error !== null && change.error.code !== 'NOT_FOUND' && (
        <ProblemNotice
          error={change.error}
          onRetry={() => {
            change.refetch().catch(() => undefined);
          }}
        />
      )}
    </Page>
  );
}

interface KnownProps {
  readonly change: MassChange;
  readonly isReadOnly: boolean;
}

function Known({ change, isReadOnly }: KnownProps): ReactNode {
  const { t } = useTexts('fixity');
  const { location, decided } = change;
  const name = plainVisible(location.name, 80);
  return (
    <Page
      title={t('mass.heading', { files: formatCount(change.files), location: name })}
      verdict={t(`mass.looks.${lookKey(change.looksLike)}`)}
    >
      <Columns
        aside={
          <>
            <Section title={t('mass.suspended.title')}>
              {decided === undefined ? (
                <ul className={styles.list}>
                  <li>{t('mass.suspended.replication', { location: name })}</li>
                  <li>{t('mass.suspended.snapshots')}</li>
                  <li>{t('mass.suspended.acceptance')}</li>
                  <li>{t('mass.suspended.recovery')}</li>
                </ul>
              ) : (
                <p>{t('mass.suspended.over')}</p>
              )}
              <p className={styles.muted}>{t('mass.suspended.not')}</p>
            </Section>
          </>
        }
      >
        <Section title={t('mass.what.title')}>
          <Facts
            rows={[
              {
                term: t('mass.what.files'),
                value: t('mass.what.filesOf', {
                  files: formatCount(change.files),
                  of: formatCount(change.ofFiles),
                }),
              },
              { term: t('mass.what.outcomes'), value: <Outcomes change={change} /> },
              {
                term: t('mass.what.location'),
                value: (
                  <Link to="/locations/$id" params={{ id: location.id }}>
                    {name}
                  </Link>
                ),
              },
              { term: t('mass.what.folder'), value: <PathText path={change.folder} /> },
              { term: t('mass.what.since'), value: sinceWords(change, t) },
              { term: t('mass.what.seen'), value: formatDateTime(change.lastSeenAt) },
            ]}
          />
        </Section>
        <Section title={t('mass.looksTitle')}>
          <p>{t(`mass.explained.${lookKey(change.looksLike)}`)}</p>
        </Section>
        {decided === undefined ? (
          <Decide change={change} isReadOnly={isReadOnly} />
        ) : (
          <DecidedSection decided={decided} />
        )}
        <MassFindings change={change} isReadOnly={isReadOnly} />
      </Columns>
    </Page>
  );
}

function Outcomes({ change }: { readonly change: MassChange }): ReactNode {
  const { t } = useTexts('fixity');
  return (
    <span className={styles.outcomes}>
      {outcomesOf(change).map(([outcome, count]) => {
        const known = FINDING_OUTCOMES.find((each) => each === outcome);
        const label = t('mass.what.outcome', {
          shown: formatCount(count),
          outcome: t(`outcome.${outcome}`),
        });
        return known === undefined ? (
          <span key={outcome}>{label}</span>
        ) : (
          <Link key={outcome} to="/fixity" search={{ location: change.location.id, outcome: known }}>
            <Notch kind="finding" label={label} />
          </Link>
        );
      })}
    </span>
  );
}

function sinceWords({ lastIntactAt, openedAt }: MassChange, t: ReturnType<typeof useTexts>['t']): string {
  const opened = formatDateTime(openedAt);
  return lastIntactAt === undefined
    ? t('mass.what.sinceFound', { opened })
    : t('mass.what.sinceBetween', { good: formatDateTime(lastIntactAt), opened });
}

function Decide({ change, isReadOnly }: KnownProps): ReactNode {
  const { t } = useTexts('fixity');
  const [as, setAs] = useState<MassDecision>();
  const [reason, setReason] = useState('');
  const decide = useAct('decisions', 'decideMassChange');
  return (
    <Section title={t('mass.decide.title')} description={t('mass.decide.why')}>
      <div className={styles.form}>
        <RadioGroup<MassDecision>
          label={t('mass.decide.as')}
          value={as}
          onChange={setAs}
          isDisabled={isReadOnly}
          options={MASS_DECISIONS.map((value) => ({
            value,
            label: t(`mass.decision.${value}.label`),
            description: t(`mass.decision.${value}.does`),
          }))}
        />
        <TextField
          label={t('mass.decide.reason')}
          description={t('mass.decide.reasonWhy')}
          value={reason}
          onChange={setReason}
          isMultiline
          isRequired
          isDisabled={isReadOnly}
        />
        {decide.error !== null && <ProblemNotice error={decide.error} />}
        <div>
          <Button
            variant="primary"
            isDisabled={as === undefined || reason.trim() === '' || decide.isPending || isReadOnly}
            onPress={() => {
              if (as !== undefined) decide.mutate({ id: change.id, as, reason });
            }}
          >
            {t('mass.decide.act')}
          </Button>
        </div>
      </div>
    </Section>
  );
}

function DecidedSection({ decided }: { readonly decided: NonNullable<MassChange['decided']> }): ReactNode {
  const { t } = useTexts('fixity');
  const { as, by, at, reason, event } = decided;
  const known = MASS_DECISIONS.find((each) => each === as);
  return (
    <Section title={t('mass.decided.title')}>
      <Facts
        rows={[
          {
            term: t('mass.decided.as'),
            value: known === undefined ? plainVisible(as, 80) : t(`mass.decision.${known}.label`),
          },
          {
            term: t('mass.decided.by'),
            value: t('mass.decided.byAt', { name: plainVisible(by, 80), at: formatDateTime(at) }),
          },
          { term: t('mass.decided.reason'), value: <SafeText value={reason} isMultiline /> },
          ...(event === undefined
            ? []
            : [
                {
                  term: t('mass.decided.event'),
                  value: (
                    <Link to="/log/$id" params={{ id: event }}>
                      {event}
                    </Link>
                  ),
                },
              ]),
        ]}
      />
    </Section>
  );
}
