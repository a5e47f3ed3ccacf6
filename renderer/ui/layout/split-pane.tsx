import { X } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { IconButton } from '../form/icon-button.tsx';
import { useTexts } from '../i18n.ts';
import css from './split-pane.module.css';

const LEAST = 320;
const LEAST_MAIN = 360;
const STEP = 16;

export interface SplitPaneProps {
  readonly main: ReactNode;
  /** Beside the main part, or over it where the window is narrow; absent when nothing is chosen. */
  readonly detail?: ReactNode;
  readonly detailLabel: string;
  /** Pixels of the detail; 440 unless told. */
  readonly defaultWidth?: number | undefined;
  /** Called when a width was chosen, so that it can be remembered. */
  readonly onWidthChange?: ((width: number) => void) | undefined;
  readonly onCloseDetail: () => void;
}

/** Two parts side by side, with a line between them that can be moved by pointer and by arrow keys. */
export function SplitPane(props: SplitPaneProps): ReactNode {
  const { main, detail, detailLabel, defaultWidth = 440, onWidthChange, onCloseDetail } = props;
  const { t } = useTexts('ui');
  const root = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(defaultWidth);
  const most = (): number => Math.max(LEAST, (root.current?.clientWidth ?? 1200) - LEAST_MAIN);
  const isOpen = detail !== undefined && detail !== null && detail !== false;

  const resize = (next: number, isDone: boolean): void => {
    const bounded = Math.round(Math.min(most(), Math.max(LEAST, next)));
    setWidth(bounded);
    if (isDone) onWidthChange?.(bounded);
  };
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    const line = event.currentTarget;
    line.setPointerCapture(event.pointerId);
    const start = { x: event.clientX, width };
    const at = (move: globalThis.PointerEvent): number => start.width + (start.x - move.clientX);
    const move = (each: globalThis.PointerEvent): void => {
      resize(at(each), false);
    };
    const end = (each: globalThis.PointerEvent): void => {
      line.removeEventListener('pointermove', move);
      resize(at(each), true);
    };
    line.addEventListener('pointermove', move);
    line.addEventListener('pointerup', end, { once: true });
  };
  const press = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    const to = { Home: most(), End: LEAST }[event.key];
    if (by === undefined && to === undefined) return;
    event.preventDefault();
    resize(to ?? width + (by ?? 0), true);
  };

  return (
    <div ref={root} className={css.split}>
      <div className={css.main}>{main}</div>
      {isOpen && (
        <>
          <div
            className={css.line}
            role="separator"
            tabIndex={0}
            aria-orientation="vertical"
            aria-label={t('split.width')}
            aria-valuenow={width}
            aria-valuemin={LEAST}
            onPointerDown={drag}
            onKeyDown={press}
          />
          <aside
            className={css.detail}
            style={{ width }}
            aria-label={detailLabel}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || event.defaultPrevented) return;
              event.preventDefault();
              onCloseDetail();
            }}
          >
            <div className={css.close}>
              <IconButton icon={X} label={t('split.close')} onPress={onCloseDetail} />
            </div>
            <div className={css.scroll}>{detail}</div>
          </aside>
        </>
      )}
    </div>
  );
}
