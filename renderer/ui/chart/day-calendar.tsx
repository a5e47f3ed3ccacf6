import type { ReactNode } from 'react';
import { formatDate } from '../format/dates.ts';
import { cached, wordLocale } from '../format/locale.ts';
import { useTexts } from '../i18n.ts';
import { cx } from '../util/cx.ts';
import { calendarWeeks, inkOf, WEEKS } from './calendar.ts';
import css from './day-calendar.module.css';

export interface CalendarDay {
  /** `2026-11-03` */
  readonly day: string;
  /** What the ink is drawn by. */
  readonly value: number;
  /** Something was found that a person must decide on. */
  readonly hasNotch: boolean;
  /** What was on this day, shown on hover. */
  readonly text: string;
}

export interface DayCalendarProps {
  readonly days: readonly CalendarDay[];
  /** The last day that it shows; it begins a year before. */
  readonly last: string;
  /** What more ink means, such as `more read`. */
  readonly more: string;
  /** What a notch means. */
  readonly notch: string;
}

const CELL = 11;
const STEP = 13;
const LEFT = 32;
const TOP = 18;
const WIDTH = LEFT + WEEKS * STEP;
const HEIGHT = TOP + 7 * STEP;
/** Monday, Wednesday, Friday. */
const NAMED = [0, 2, 4];

const nameOf = cached(
  (locale, kind) =>
    new Intl.DateTimeFormat(locale, {
      ...(kind === 'month' ? { month: 'short' } : { weekday: 'short' }),
      timeZone: 'UTC',
    }),
);

/**
 * A year of days in ink, with a notch where something was found. It is a picture: what it says stands beside it as a sentence and
 * as a table, which whoever shows it brings.
 */
export function DayCalendar({ days, last, more, notch }: DayCalendarProps): ReactNode {
  const { t } = useTexts('ui');
  const { weeks, months } = calendarWeeks(last);
  const byDay = new Map(days.map((each) => [each.day, each]));
  const most = Math.max(0, ...days.map(({ value }) => value));
  const words = (kind: 'month' | 'weekday', day: string): string =>
    nameOf(wordLocale(), kind).format(Date.parse(day));
  return (
    <div className={css.calendar} aria-hidden="true">
      {/* Where there is less room, the older weeks give way. */}
      <div className={css.frame}>
        <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}>
          {months.map(({ week, day }) => (
            <text key={day} className={css.name} x={LEFT + week * STEP} y={11}>
              {week < WEEKS - 2 ? words('month', day) : ''}
            </text>
          ))}
          {NAMED.map((at) => (
            <text key={at} className={css.name} x={0} y={TOP + at * STEP + CELL}>
              {words('weekday', weeks[0]?.[at] ?? last)}
            </text>
          ))}
          {weeks.map((week, x) =>
            week.map((day, y) => {
              const found = byDay.get(day);
              return (
                <Day
                  key={day}
                  x={LEFT + x * STEP}
                  y={TOP + y * STEP}
                  ink={inkOf(found?.value ?? 0, most)}
                  hasNotch={found?.hasNotch === true}
                  text={found === undefined ? t('calendar.nothing', { day: formatDate(day) }) : found.text}
                />
              );
            }),
          )}
        </svg>
      </div>
      <p className={css.legend}>
        {t('calendar.none')}
        {([0, 1, 2, 3, 4] as const).map((ink) => (
          <svg key={ink} width={CELL} height={CELL}>
            <Day x={0} y={0} ink={ink} hasNotch={false} />
          </svg>
        ))}
        {more}
        <svg width={CELL} height={CELL} className={css.apart}>
          <Day x={0} y={0} ink={1} hasNotch />
        </svg>
        {notch}
      </p>
    </div>
  );
}

interface DayProps {
  readonly x: number;
  readonly y: number;
  readonly ink: 0 | 1 | 2 | 3 | 4;
  readonly hasNotch: boolean;
  readonly text?: string;
}

function Day({ x, y, ink, hasNotch, text }: DayProps): ReactNode {
  const right = x + CELL;
  return (
    <g>
      {text !== undefined && <title>{text}</title>}
      <rect
        className={cx(css.day, css[`ink${String(ink)}`])}
        x={x + 0.5}
        y={y + 0.5}
        width={CELL - 1}
        height={CELL - 1}
        rx={1.5}
      />
      {hasNotch && <path className={css.notch} d={`M${String(right + 1)} ${String(y - 1)}v8l-8-8z`} />}
    </g>
  );
}
