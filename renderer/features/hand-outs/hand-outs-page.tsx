import { useMatches, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useCall } from '../../client/index.ts';
import { MarkedText, Page, Tabs, Time, useTexts } from '../../ui/index.ts';
import { CheckTab } from './check-tab.tsx';
import { checkSearch, historySearch, makeSearch } from './hand-outs-search.ts';
import { HistoryTab } from './history-tab.tsx';
import { MakeTab } from './make-tab.tsx';
import { quietly } from './quietly.ts';

const ADDRESSES = { make: '/hand-outs', check: '/hand-outs/check', history: '/hand-outs/history' } as const;
type TabId = keyof typeof ADDRESSES;
const TABS = Object.keys(ADDRESSES) as TabId[];

/** What leaves the archive so that others can check it, and what came from others, checked here. */
export function HandOutsPage(): ReactNode {
  const { t } = useTexts('hand-outs');
  const navigate = useNavigate();
  // What is shown, and not what is being gone to: a page that is left stays as it is until the next one is there.
  const pathname = useMatches({ select: (matches) => matches.at(-1)?.pathname.replace(/\/$/, '') });
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const making = useMemo(() => makeSearch(raw), [raw]);
  const checking = useMemo(() => checkSearch(raw), [raw]);
  const history = useMemo(() => historySearch(raw), [raw]);
  const tab = TABS.find((each) => ADDRESSES[each] === pathname) ?? 'make';
  return (
    <Page title={t('title')} verdict={<Verdict />}>
      <Tabs<TabId>
        label={t('tabs')}
        selected={tab}
        onChange={(next) => quietly(navigate({ to: ADDRESSES[next] }))}
        tabs={[
          { id: 'make', label: t('tab.make'), content: <MakeTab search={making} /> },
          { id: 'check', label: t('tab.check'), content: <CheckTab search={checking} /> },
          { id: 'history', label: t('tab.history'), content: <HistoryTab search={history} /> },
        ]}
      />
    </Page>
  );
}

function Verdict(): ReactNode {
  const { t } = useTexts('hand-outs');
  const events = useCall('events', 'list', { filter: { type: 'exporting' }, limit: 1 }).data?.rows;
  const packages = useCall('handOuts', 'list', { limit: 20 }).data?.rows;
  if (events === undefined || packages === undefined) return null;
  const [newest] = [
    ...events.map(({ at }) => at),
    ...packages.flatMap(({ state, closedAt }) =>
      state === 'done' && closedAt !== undefined ? [closedAt] : [],
    ),
  ].sort((a, b) => Date.parse(b) - Date.parse(a));
  if (newest === undefined) return <MarkedText text={t('verdict.none')} />;
  return (
    <>
      <MarkedText text={t('verdict.newest')} /> <Time at={newest} />.
    </>
  );
}
