import { Contrast, Copy, FolderOpen, Moon, Search, Sun, SunMoon, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCall, useDesktop } from '../client/index.ts';
import {
  copyText,
  KeyHint,
  MenuButton,
  PathText,
  THEMES,
  useTexts,
  useToast,
  type MenuItem,
  type Theme,
} from '../ui/index.ts';
import { HealthSign } from './health-sign.tsx';
import css from './top-bar.module.css';

const THEME_ICONS: Readonly<Record<Theme, LucideIcon>> = {
  system: SunMoon,
  light: Sun,
  dark: Moon,
  contrast: Contrast,
};

export interface TopBarProps {
  readonly onSearch: () => void;
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

export function TopBar({ onSearch, theme, onTheme }: TopBarProps): ReactNode {
  const { t } = useTexts('app');
  const themeWords = (each: Theme) => t('top.theme', { theme: t(`theme.${each}`) });
  return (
    <header className={css.bar} aria-label={t('top.label')}>
      <ArchiveMenu />
      <button type="button" className={css.search} onClick={onSearch} aria-haspopup="dialog">
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <span className={css.searchWords}>{t('top.search')}</span>
        <span className={css.searchKeys} aria-hidden>
          <KeyHint keys="mod+k" />
        </span>
      </button>
      <HealthSign />
      <MenuButton
        label={themeWords(theme)}
        icon={THEME_ICONS[theme]}
        items={THEMES.map((each) => ({
          id: each,
          label: t(`theme.${each}`),
          icon: THEME_ICONS[each],
          onAction: () => onTheme(each),
        }))}
      />
    </header>
  );
}

/** The archive's name and where it stands; in a desktop window also the ones opened before. */
function ArchiveMenu(): ReactNode {
  const { t } = useTexts('app');
  const { openArchive } = useDesktop();
  const { tell } = useToast();
  const info = useCall('archive', 'info').data;
  const recent = useCall('preferences', 'recentArchives', undefined, {
    enabled: openArchive !== undefined,
  }).data;
  if (info === undefined) return <span className={css.archive} />;
  const { path } = info;
  const items: MenuItem[] = [
    {
      id: 'copy',
      label: t('top.copyPath'),
      icon: Copy,
      onAction: () => {
        if (copyText(path.display)) tell(t('top.pathCopied'));
      },
    },
  ];
  const others = (recent?.rows ?? []).filter((row) => row.path !== path.display);
  if (openArchive !== undefined && others.length > 0) {
    items.push({ id: 'separator', label: t('top.recentTitle'), isSeparator: true });
    for (const row of others)
      items.push({
        id: row.path,
        label: t('top.recent', { name: row.name }),
        icon: FolderOpen,
        onAction: () => {
          openArchive({ display: row.path }).catch((error: unknown) => tell(String(error)));
        },
      });
  }
  return (
    <div className={css.archive}>
      <MenuButton label={info.name} items={items} />
      <span className={css.path}>
        <PathText path={path} />
      </span>
    </div>
  );
}
