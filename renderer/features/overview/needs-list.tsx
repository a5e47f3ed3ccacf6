import { Link } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import type { ArchiveInfo, ArchiveStatus } from '../../../shared/contract/archive.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { Location, Reachability } from '../../../shared/contract/locations.ts';
import { useAct, useStream } from '../../client/index.ts';
import {
  Button,
  formatCount,
  MarkedText,
  plainVisible,
  ProblemNotice,
  Section,
  type Texts,
  useTexts,
} from '../../ui/index.ts';
import { AuditAct } from './audit-act.tsx';
import { MassChangeNeeds, MissedRunNeeds, useFixityNeeds } from './fixity-needs.tsx';
import { Need } from './need.tsx';
import styles from './overview.module.css';
import { PendingDeletions } from './pending-deletions.tsx';

interface NeedsListProps {
  readonly status: ArchiveStatus;
  readonly info: ArchiveInfo;
  readonly locations: readonly Location[];
  readonly reachability: readonly Reachability[];
}

/** Everything that waits for a person, the gravest first; each with the act that settles it. */
export function NeedsList({ status, info, locations, reachability }: NeedsListProps) {
  const { t } = useTexts('overview');
  const open = useStream('jobs', 'watchOpen')?.rows ?? [];
  const resting = open.filter(({ state }) => state === 'paused' || state === 'interrupted');
  const { massChanges, missedRuns } = useFixityNeeds();
  const unreachable = reachability.filter(({ state }) => state === 'unreachable');
  const { openFindings, pendingDeletions, overdue, gaps, untracked, withoutSuccessor } = status;
  const noCopy = !status.catalogueHasCopy && status.replicas > 0;
  const copyProblems = status.copyProblems ?? [];
  const noSuccessor = status.responsible.length > 0 && status.successors.length === 0;
  const needs =
    openFindings +
    massChanges.length +
    missedRuns.length +
    resting.length +
    pendingDeletions +
    unreachable.length +
    overdue +
    untracked +
    copyProblems.length +
    withoutSuccessor;
  const lacking = gaps.rights + gaps.source + gaps.acquired;
  if (needs + lacking === 0 && !noCopy && !noSuccessor)
    return (
      <Section title={t('needs.title')}>
        <p className={styles.calm}>{t('needs.nothing')}</p>
      </Section>
    );
  return (
    <Section title={t('needs.title')}>
      <ul className={styles.needs}>
        <MassChangeNeeds massChanges={massChanges} />
        {openFindings > 0 && (
          <Need
            notch={{ kind: 'finding', label: t('needs.notch.finding') }}
            sentence={t('needs.findings', { count: openFindings, n: formatCount(openFindings) })}
            why={t('needs.findingsWhy')}
            act={
              <Link to="/fixity" className={styles.act}>
                {t('needs.findingsAct', { count: openFindings })}
              </Link>
            }
          />
        )}
        <MissedRunNeeds missedRuns={missedRuns} />
        {resting.map((job) => (
          <RestingJob key={job.id} job={job} t={t} />
        ))}
        {copyProblems.map((problem) => (
          <Need
            key={problem}
            notch={{ kind: 'overdue', label: t('needs.notch.overdue') }}
            sentence={plainVisible(problem, 1_000)}
            why={t('needs.copyWhy')}
            act={
              <Link to="/locations" className={styles.act}>
                {t('needs.copyAct')}
              </Link>
            }
          />
        ))}
        {pendingDeletions > 0 && <PendingDeletions />}
        {unreachable.map((place) => (
          <Need
            key={place.location}
            notch={{ kind: 'unreachable', label: t('needs.notch.unreachable') }}
            sentence={t('needs.unreachable', { name: plainVisible(place.name, 200) })}
            why={t('needs.unreachableWhy', { reason: place.reason ?? '' }).trim()}
            act={
              <Link to="/locations/$id" params={{ id: place.location }} className={styles.act}>
                {t('needs.unreachableAct')}
              </Link>
            }
          />
        ))}
        {overdue > 0 && (
          <Need
            notch={{ kind: 'overdue', label: t('needs.notch.overdue') }}
            sentence={t('needs.overdue', { count: overdue, n: formatCount(overdue) })}
            why={t('needs.overdueWhy', { days: formatCount(info.policy.verifyWithinDays) })}
            act={<AuditAct isReadOnly={info.readOnly} />}
          />
        )}
        {noCopy && <CatalogueCopy t={t} isManaged={locations.some(({ writes }) => writes === 'managed')} />}
        <Gap gap="rights" count={gaps.rights} sentence="needs.gapRights" />
        <Gap gap="source" count={gaps.source} sentence="needs.gapSource" />
        <Gap gap="acquired" count={gaps.acquired} sentence="needs.gapAcquired" />
        {untracked > 0 && (
          <Need
            sentence={t('needs.untracked', { count: untracked, n: formatCount(untracked) })}
            why={t('needs.untrackedWhy')}
            act={
              <Link to="/accessions/new" className={styles.act}>
                {t('needs.untrackedAct')}
              </Link>
            }
          />
        )}
        {noSuccessor && (
          <Succession sentence={t('needs.noSuccessor', { names: names(status.responsible) })} />
        )}
        {withoutSuccessor > 0 && (
          <Succession
            sentence={t('needs.withoutSuccessor', {
              count: withoutSuccessor,
              n: formatCount(withoutSuccessor),
            })}
          />
        )}
      </ul>
    </Section>
  );
}

function RestingJob({ job, t }: { readonly job: Job; readonly t: Texts }) {
  const resume = useAct('jobs', 'resume');
  return (
    <Need
      notch={{ kind: 'overdue', label: t('needs.notch.stopped') }}
      sentence={
        <Link to="/jobs/$id" params={{ id: job.id }}>
          {t(`needs.job.${job.state}`, { title: plainVisible(job.title, 200) })}
        </Link>
      }
      why={
        resume.error === null ? (
          (job.error?.message ?? t('needs.job.why'))
        ) : (
          <ProblemNotice error={resume.error} />
        )
      }
      act={
        <Button
          icon={RotateCw}
          isDisabled={resume.isPending}
          onPress={() => {
            resume.mutate({ id: job.id });
          }}
        >
          {t('needs.job.act')}
        </Button>
      }
    />
  );
}

function CatalogueCopy({ t, isManaged }: { readonly t: Texts; readonly isManaged: boolean }) {
  return (
    <Need
      notch={{ kind: 'overdue', label: t('needs.notch.copy') }}
      sentence={t('needs.noCopy')}
      why={t(isManaged ? 'needs.noCopyYet' : 'needs.noCopyWhy')}
      act={
        <Link to="/locations" className={styles.act}>
          {t(isManaged ? 'needs.noCopyYetAct' : 'needs.noCopyAct')}
        </Link>
      }
    />
  );
}

interface GapProps {
  readonly gap: 'rights' | 'source' | 'acquired';
  readonly count: number;
  readonly sentence: string;
}

function Gap({ gap, count, sentence }: GapProps) {
  const { t } = useTexts('overview');
  if (count === 0) return null;
  return (
    <Need
      notch={{ kind: 'overdue', label: t('needs.notch.gap') }}
      sentence={t(sentence, { count, n: formatCount(count) })}
      why={
        <MarkedText
          text={t('needs.gapWhy')}
          link={(text) => (
            <Link to="/holdings" search={{ gap }}>
              {text}
            </Link>
          )}
        />
      }
      act={
        <Link to="/accessions" search={{ gap }} className={styles.act}>
          {t('needs.gapAct')}
        </Link>
      }
    />
  );
}

function Succession({ sentence }: { readonly sentence: string }) {
  const { t } = useTexts('overview');
  return (
    <Need
      sentence={sentence}
      act={
        <Link to="/settings/$section" params={{ section: 'agents' }} className={styles.act}>
          {t('needs.successorAct')}
        </Link>
      }
    />
  );
}

function names(agents: ArchiveStatus['responsible']): string {
  return new Intl.ListFormat(undefined, { type: 'conjunction' }).format(
    agents.map(({ name }) => plainVisible(name, 200)),
  );
}
