import { Outlet, useNavigate } from '@tanstack/react-router';
import { Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useCall, useDesktop, useLeftSearches, usePreference } from '../client/index.ts';
import { applyTheme, formatShare, Spinner, THEMES, ToastRegion, useTexts, type Theme } from '../ui/index.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { DropFolders } from './drop-folders.tsx';
import css from './frame.module.css';
import { shareOfAll } from './job-progress.ts';
import { JobShelf } from './job-shelf.tsx';
import { KeyList } from './key-list.tsx';
import { Palette } from './palette/palette.tsx';
import { PLACES, type PlaceOfRail } from './places.ts';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { useFrameKeys } from './use-frame-keys.ts';
import { useOpenJobs } from './use-open-jobs.ts';
import { usePageChange } from './use-page-change.ts';

const NARROW = '(width < 900px)';

/** A narrow window shows the rail's signs only and words for the moment; a wide one what the reader chose before. */
function useRail(): [boolean, (isCollapsed: boolean) => void] {
  const [remembered, remember] = usePreference<'wide' | 'narrow'>('frame.rail', 'wide');
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  const [isOpened, setOpened] = useState(false);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const hear = () => {
      setNarrow(query.matches);
      setOpened(false);
    };
    query.addEventListener('change', hear);
    return () => query.removeEventListener('change', hear);
  }, []);
  if (isNarrow) return [!isOpened, (isCollapsed) => setOpened(!isCollapsed)];
  return [remembered === 'narrow', (isCollapsed) => remember(isCollapsed ? 'narrow' : 'wide')];
}

/** The theme of this archive's windows; the settings change the same preference. */
function useTheme(): [Theme, (theme: Theme) => void] {
  const [remembered, remember] = usePreference<string>('appearance.theme', '');
  const theme = THEMES.find((each) => each === remembered);
  useEffect(() => {
    // Before it is known, what the last start left stands.
    if (theme !== undefined) applyTheme(theme);
  }, [theme]);
  return [theme ?? 'system', remember];
}

/** Whoever has just come to a page need not look for its list: `j` leads into it, to the row where it was left. */
function enterList(page: HTMLElement | null, key: string): void {
  const list = page?.querySelector<HTMLElement>('[role=grid]');
  list?.focus({ preventScroll: true });
  list?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

/** What surrounds every page. */
export function Frame(): ReactNode {
  const { t } = useTexts('app');
  const navigate = useNavigate();
  const desktop = useDesktop();
  const main = useRef<HTMLElement>(null);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [areKeysOpen, setKeysOpen] = useState(false);
  const [isCollapsed, collapse] = useRail();
  const [theme, setTheme] = useTheme();
  const jobs = useOpenJobs();
  const leftSearches = useLeftSearches();
  const heading = usePageChange(main);
  const archive = useCall('archive', 'info').data?.name;

  const share = shareOfAll(jobs);
  useEffect(() => {
    const place = [heading, archive].filter(Boolean).join(' · ');
    const words = place === '' ? t('name') : `${place} — ${t('name')}`;
    document.title = share === undefined ? words : `${formatShare(share, 1)} · ${words}`;
  }, [heading, archive, share, t]);

  const goTo = useCallback(
    ({ id, to }: PlaceOfRail) => {
      navigate({ to, search: leftSearches(id) }).catch(() => undefined);
    },
    [navigate, leftSearches],
  );
  const openPalette = useCallback(() => setPaletteOpen(true), []);
  const openKeys = useCallback(() => setKeysOpen(true), []);
  useFrameKeys({
    onPalette: openPalette,
    onKeys: openKeys,
    onRail: () => collapse(!isCollapsed),
    onList: (key) => enterList(main.current, key),
    onGo(letter) {
      const place = PLACES.find(({ key }) => key === letter);
      if (place === undefined) return false;
      goTo(place);
      return true;
    },
  });
  useEffect(
    () =>
      desktop.onNavigate((to) => {
        const place = PLACES.find((each) => each.to === to);
        if (place === undefined) navigate({ href: to }).catch(() => undefined);
        else goTo(place);
      }),
    [desktop, navigate, goTo],
  );

  return (
    <div className={css.frame}>
      <a
        className={css.skip}
        href="#page"
        onClick={(event) => {
          // The address stays that of the page.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('skip')}
      </a>
      <TopBar onSearch={openPalette} theme={theme} onTheme={setTheme} />
      <Rail isCollapsed={isCollapsed} onCollapse={collapse} />
      <div className={css.middle}>
        <ConnectionBanner />
        <main ref={main} id="page" className={css.page} tabIndex={-1}>
          <Suspense fallback={<Spinner label={t('loading')} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <JobShelf jobs={jobs} />
      <div className={css.notes}>
        <ToastRegion />
      </div>
      <Palette
        isOpen={isPaletteOpen}
        onClose={() => setPaletteOpen(false)}
        onTheme={setTheme}
        onKeys={openKeys}
      />
      <KeyList isOpen={areKeysOpen} onClose={() => setKeysOpen(false)} />
      <DropFolders />
    </div>
  );
}
