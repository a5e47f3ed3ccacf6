import { useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ScanSearch } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useCall, useLeftSearches } from '../../client/index.ts';
import { Button, formatCount, Page, Tabs, Term, Time, useTexts } from '../../ui/index.ts';
import { FindingsTab } from './findings-tab.tsx';
import styles from './fixity.module.css';
import { fixitySearch, placeOf, quarantineSearch } from './fixity-search.ts';
import { MassBanner } from './mass-banner.tsx';
import { MassChangePage } from './mass-change-page.tsx';
import { QuarantineTab } from './quarantine-tab.tsx';
import { quietly } from './quietly.ts';
import { RunsTab } from './runs-tab.tsx';
import { SchedulesTab } from './schedules-tab.tsx';
import { StartAuditDialog } from './start-audit-dialog.tsx';

const ADDRESSES = {
  findings: '/fixity',
  quarantine: '/fixity/quarantine',
  runs: '/fixity/runs',
  schedules: '/fixity/schedules',
} as const;
type TabId = keyof typeof ADDRESSES;
/** By which name a list's filter is remembered. */
const LISTS: Readonly<Partial<Record<TabId, string>>> = { findings: 'fixity', quarantine: 'quarantine' };

/** What audits found, what was set aside, when they ran and when they will: every address below /fixity. */
export function FixityPage(): ReactNode {
  const { id } = useParams({ strict: false });
  const place = id === undefined ? undefined : placeOf(id);
  if (place?.kind === 'mass') return <MassChangePage key={place.id} id={place.id} />;
  return <Tabbed openId={place?.id ?? id} isAside={place?.kind === 'aside'} />;
}

interface TabbedProps {
  /** What is open beside a list; as the address has it, so it may be none. */
  readonly openId: string | undefined;
  readonly isAside: boolean;
}

function Tabbed({ openId, isAside }: TabbedProps): ReactNode {
  const { t } = useTexts('fixity');
  const navigate = useNavigate();
  const leftSearches = useLeftSearches();
  const pathname = useLocation({ select: (location) => location.pathname });
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const search = useMemo(() => fixitySearch(raw), [raw]);
  const asides = useMemo(() => quarantineSearch(raw), [raw]);
  const [isStarting, setStarting] = useState(false);
  const status = useCall('archive', 'status', undefined, { keepPrevious: true }).data;
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? true;
  const changes = useCall('decisions', 'massChanges', {}, { keepPrevious: true }).data?.rows ?? [];
  const quarantined = useCall('quarantine', 'counts', undefined, { keepPrevious: true }).data;
  const tab = isAside ? 'quarantine' : tabAt(pathname);
  return (
    <Page
      title={<Term id="fixity">{t('title')}</Term>}
      verdict={status === undefined ? null : <Verdict status={status} />}
      actions={
        <Button
          icon={ScanSearch}
          isDisabled={isReadOnly}
          onPress={() => {
            setStarting(true);
          }}
        >
          {t('start.open')}
        </Button>
      }
    >
      {changes.length > 0 && (
        <div className={styles.banners}>
          {changes.map((change) => (
            <MassBanner key={change.id} change={change} />
          ))}
        </div>
      )}
      <Tabs<TabId>
        label={t('tabs')}
        selected={tab}
        onChange={(next) => {
          quietly(navigate({ to: ADDRESSES[next], search: leftSearches(LISTS[next] ?? '') }));
        }}
        tabs={[
          {
            id: 'findings',
            label: counted('findings', status?.openFindings),
            content: <FindingsTab search={search} openId={openId} isReadOnly={isReadOnly} />,
          },
          {
            id: 'quarantine',
            label: counted('quarantine', quarantined?.aside),
            content: (
              <QuarantineTab
                search={asides}
                counts={quarantined}
                openId={isAside ? openId : undefined}
                isReadOnly={isReadOnly}
              />
            ),
          },
          { id: 'runs', label: t('tab.runs'), content: <RunsTab /> },
          { id: 'schedules', label: t('tab.schedules'), content: <SchedulesTab isReadOnly={isReadOnly} /> },
        ]}
      />
      {isStarting && (
        <StartAuditDialog
          onClose={() => {
            setStarting(false);
          }}
          onStarted={() => {
            setStarting(false);
            quietly(navigate({ to: ADDRESSES.runs }));
          }}
        />
      )}
    </Page>
  );

  function counted(id: 'findings' | 'quarantine', count = 0): string {
    return count === 0 ? t(`tab.${id}`) : t(`tab.${id}Count`, { shown: formatCount(count) });
  }
}

const TABS = Object.keys(ADDRESSES) as TabId[];

function tabAt(pathname: string): TabId {
  return TABS.find((tab) => ADDRESSES[tab] === pathname) ?? 'findings';
}

function Verdict({
  status: { openFindings, lastAudit },
}: {
  readonly status: {
    readonly openFindings: number;
    readonly lastAudit: { readonly at: string; readonly checked: number; readonly complete: boolean } | null;
  };
}): ReactNode {
  const { t } = useTexts('fixity');
  return (
    <>
      {openFindings === 0
        ? t('verdict.none')
        : t('verdict.open', { count: openFindings, shown: formatCount(openFindings) })}{' '}
      {lastAudit === null ? (
        t('verdict.never')
      ) : (
        <>
          {t('verdict.last', { count: lastAudit.checked, shown: formatCount(lastAudit.checked) })}{' '}
          <Time at={lastAudit.at} />.
        </>
      )}
    </>
  );
}
