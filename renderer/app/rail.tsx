import { Link, useLocation } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCall, useLeftSearch, type LeftSearch } from '../client/index.ts';
import { formatCount, useTexts, VisuallyHidden } from '../ui/index.ts';
import { PLACES } from './places.ts';
import css from './rail.module.css';

export interface RailProps {
  readonly isCollapsed: boolean;
  readonly onCollapse: (isCollapsed: boolean) => void;
}

/** What the lists were left with, so that a place is found as it was left. */
function useLeft(): Readonly<Partial<Record<string, LeftSearch>>> {
  const holdings = useLeftSearch('holdings');
  const accessions = useLeftSearch('accessions');
  const fixity = useLeftSearch('fixity');
  const log = useLeftSearch('log');
  return { holdings, accessions, fixity, log };
}

/** The places of the archive, in words with signs; signs alone where the reader wants the room, or the window is narrow. */
export function Rail({ isCollapsed, onCollapse }: RailProps): ReactNode {
  const { t } = useTexts('app');
  const open = useCall('archive', 'status', undefined, { keepPrevious: true }).data?.openFindings ?? 0;
  const segment = useLocation({ select: ({ pathname }) => pathname.split('/')[1] ?? '' });
  const left = useLeft();
  const Toggle = isCollapsed ? PanelLeftOpen : PanelLeftClose;
  const toggleLabel = t(isCollapsed ? 'nav.expand' : 'nav.collapse');
  return (
    <nav className={css.rail} data-collapsed={isCollapsed} aria-label={t('nav.label')}>
      <ul className={css.places}>
        {PLACES.map(({ id, to, icon: Icon }) => {
          const isHere = segment === id;
          const name = t(`nav.${id}`);
          return (
            <li key={id}>
              <Link
                to={to}
                search={left[id] ?? {}}
                className={css.place}
                data-here={isHere}
                title={name}
                {...(isHere ? { 'aria-current': 'page' as const } : {})}
              >
                <Icon size={18} strokeWidth={1.75} aria-hidden />
                <span className={css.name}>{name}</span>
                {id === 'fixity' && open > 0 && (
                  <span className={css.count}>
                    {formatCount(open)} <VisuallyHidden>{t('nav.open', { count: open })}</VisuallyHidden>
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        className={css.toggle}
        aria-label={toggleLabel}
        aria-expanded={!isCollapsed}
        title={toggleLabel}
        onClick={() => onCollapse(!isCollapsed)}
      >
        <Toggle size={18} strokeWidth={1.75} aria-hidden />
      </button>
    </nav>
  );
}
