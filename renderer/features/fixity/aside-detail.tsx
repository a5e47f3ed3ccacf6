import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { AsideDetail as Detail } from '../../../shared/contract/quarantine.ts';
import { useCall } from '../../client/index.ts';
import {
  Button,
  Digest,
  EmptyState,
  Facts,
  formatBytes,
  formatCount,
  formatDateTime,
  PathText,
  plainVisible,
  ProblemNotice,
  SafeText,
  Section,
  Skeleton,
  Term,
  useTexts,
} from '../../ui/index.ts';
import { asideWords, whyNotDiscard, whyNotRestore } from './aside-words.ts';
import detail from './detail.module.css';
import { DiscardDialog } from './discard-dialog.tsx';
import styles from './quarantine.module.css';
import { RestoreDialog } from './restore-dialog.tsx';
import { UnfinishedRelease } from './unfinished-release.tsx';

interface Props {
  readonly id: string;
  readonly isReadOnly: boolean;
}

/** One damaged file that was set aside: what it was, where it stood and stands, its story, and what can be done with it. */
export function AsideDetail({ id, isReadOnly }: Props): ReactNode {
  const { t } = useTexts('fixity');
  // Whether a file stands there is looked at whenever somebody looks.
  const aside = useCall('quarantine', 'show', { id }, { staleTime: 0 });
  if (aside.data !== undefined) return <Known aside={aside.data} isReadOnly={isReadOnly} />;
  if (aside.error?.code === 'NOT_FOUND')
    return <EmptyState title={t('quarantine.unknown', { id })} why={t('quarantine.unknownWhy')} />;
  if (aside.error !== null)
    return (
      <ProblemNotice
        error={aside.error}
        onRetry={() => {
          aside.refetch().catch(() => undefined);
        }}
      />
    );
  return <Skeleton lines={12} />;
}

interface KnownProps {
  readonly aside: Detail;
  readonly isReadOnly: boolean;
}

function Known({ aside, isReadOnly }: KnownProps): ReactNode {
  const { t } = useTexts('fixity');
  const { id, state, location, finding, replica, story } = aside;
  return (
    <>
      <header className={detail.head}>
        <div className={detail.outcome}>
          <span className={detail.resolved}>{t(`quarantine.state.${state}`)}</span>
          <span className={detail.id}>{id}</span>
        </div>
        <h2 className={detail.name}>
          <PathText path={aside.stoodAt} />
        </h2>
        <p className={detail.where}>
          <Link to="/locations/$id" params={{ id: location.id }}>
            {plainVisible(location.name, 80)}
          </Link>
          <span aria-hidden="true">·</span>
          <Link to="/fixity/$id" params={{ id: finding }}>
            {t('quarantine.finding', { id: finding })}
          </Link>
          <span aria-hidden="true">·</span>
          <Link to="/holdings/$id" params={{ id: replica }}>
            {t('quarantine.replica', { id: replica })}
          </Link>
        </p>
        <p className={detail.sentence}>{asideWords(aside, t)}</p>
      </header>
      {aside.released !== undefined && aside.stands === true && (
        <UnfinishedRelease aside={aside} released={aside.released} isReadOnly={isReadOnly} />
      )}
      {aside.released !== undefined && <Released released={aside.released} state={state} />}
      <Section
        title={
          <>
            {t('quarantine.facts.title')} <Term id="quarantine">{t('quarantine.facts.term')}</Term>
          </>
        }
      >
        <AsideFacts aside={aside} />
      </Section>
      {state === 'aside' && <Acts aside={aside} isReadOnly={isReadOnly} />}
      {story !== undefined && (
        <Section title={t('quarantine.story.title')} description={t('quarantine.story.why')}>
          <div className={styles.story}>
            <SafeText value={story.trimEnd()} maxLength={8_000} isMultiline />
          </div>
        </Section>
      )}
      {state === 'aside' && (
        <details className={detail.commands}>
          <summary>{t('detail.commands')}</summary>
          <ul>
            <li>
              <code>{`holdfast quarantine restore ${id} --reason TEXT [--to PATH]`}</code>
            </li>
            <li>
              <code>{`holdfast quarantine discard ${id} --reason TEXT --agent NAME --second-agent NAME`}</code>
            </li>
          </ul>
        </details>
      )}
    </>
  );
}

function AsideFacts({ aside }: { readonly aside: Detail }): ReactNode {
  const { t } = useTexts('fixity');
  const { state, outcome, size, sha256, stoodAt, path, at, job } = aside;
  return (
    <Facts
      rows={[
        { term: t('quarantine.facts.outcome'), value: t(`outcome.${outcome}`) },
        {
          term: t('quarantine.facts.size'),
          value: t('compared.bytes', { size: formatBytes(size), bytes: formatCount(size) }),
        },
        {
          term: t('quarantine.facts.digest'),
          value: sha256 === undefined ? t('quarantine.facts.unreadable') : <Digest value={sha256} />,
        },
        { term: t('quarantine.facts.stoodAt'), value: <PathText path={stoodAt} /> },
        {
          term: t(state === 'aside' ? 'quarantine.facts.path' : 'quarantine.facts.pathThen'),
          value: <PathText path={path} />,
        },
        { term: t('quarantine.facts.at'), value: formatDateTime(at) },
        {
          term: t('quarantine.facts.job'),
          value: (
            <Link to="/jobs/$id" params={{ id: job }}>
              {job}
            </Link>
          ),
        },
      ]}
    />
  );
}

function Released({
  released,
  state,
}: {
  readonly released: NonNullable<Detail['released']>;
  readonly state: Detail['state'];
}): ReactNode {
  const { t } = useTexts('fixity');
  const { by, secondAgent, reason, to, event } = released;
  const names = [by, ...(secondAgent === undefined ? [] : [secondAgent])];
  return (
    <Section title={t(`quarantine.released.${state}`)}>
      <Facts
        rows={[
          { term: t('quarantine.released.at'), value: formatDateTime(released.at) },
          {
            term: t('quarantine.released.by'),
            value: new Intl.ListFormat(undefined).format(names.map((name) => plainVisible(name, 120))),
          },
          ...(to === undefined
            ? []
            : [{ term: t('quarantine.released.to'), value: <PathText path={{ display: to }} /> }]),
          {
            term: t('quarantine.released.reason'),
            value: <SafeText value={reason} maxLength={2_000} isMultiline />,
          },
          {
            term: t('quarantine.released.event'),
            value: (
              <Link to="/log/$id" params={{ id: event }}>
                {event}
              </Link>
            ),
          },
        ]}
      />
    </Section>
  );
}

/** Both acts with what each does, or why it cannot be done now. */
function Acts({ aside, isReadOnly }: KnownProps): ReactNode {
  const { t } = useTexts('fixity');
  const [open, setOpen] = useState<'restore' | 'discard'>();
  const locations = useCall('locations', 'list', undefined, { keepPrevious: true }).data?.rows;
  const location = locations?.find(({ id }) => id === aside.location.id);
  const isManaged = location?.writes === 'managed';
  const close = (): void => {
    setOpen(undefined);
  };
  const acts = [
    {
      id: 'restore' as const,
      why: whyNotRestore(aside, isManaged, t),
      does: t(aside.placeTaken === true ? 'quarantine.restore.doesElsewhere' : 'quarantine.restore.does'),
    },
    { id: 'discard' as const, why: whyNotDiscard(aside, t), does: t('quarantine.discard.does') },
  ];
  return (
    <Section title={t('ways.title')} description={t('quarantine.acts.why')}>
      <ul className={detail.ways}>
        {acts.map(({ id, why, does }) => (
          <li key={id} className={detail.way} data-fits={why === undefined}>
            <div className={detail.wayWords}>
              <h3 className={detail.wayName}>{t(`quarantine.${id}.name`)}</h3>
              <p className={why === undefined ? undefined : detail.muted}>
                {why === undefined ? does : `${t('ways.notNow')} ${plainVisible(why, 600)}`}
              </p>
            </div>
            <Button
              isDisabled={why !== undefined || isReadOnly || location === undefined}
              onPress={() => {
                setOpen(id);
              }}
            >
              {t(`quarantine.${id}.button`)}
            </Button>
          </li>
        ))}
      </ul>
      {open === 'restore' && location !== undefined && (
        <RestoreDialog aside={aside} root={location.root} isManaged={isManaged} onClose={close} />
      )}
      {open === 'discard' && <DiscardDialog aside={aside} onClose={close} />}
    </Section>
  );
}
