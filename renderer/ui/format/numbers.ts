/** Numbers for people, as the command line writes them: sizes in decimal units, times in words. */
import { textsOf } from '../i18n.ts';
import { cached, readerLocale, wordLocale } from './locale.ts';

const numberOf = cached(
  (locale, kind) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: Number(kind),
      maximumFractionDigits: Number(kind),
    }),
);
const unitOf = cached((locale, kind) => {
  const [unit = 'byte', digits = '0'] = kind.split('/');
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    minimumFractionDigits: Number(digits),
    maximumFractionDigits: Number(digits),
  });
});
const percentOf = cached(
  (locale) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }),
);

/** `3,120`; what is no number is a dash. */
export function formatCount(value: number, locale = readerLocale()): string {
  return Number.isFinite(value) ? numberOf(locale, '0').format(Math.trunc(value)) : '–';
}

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'];

/** Decimal units, as disks are sold: `512 bytes`, `41.2 MB`, `3.1 TB`. */
export function formatBytes(bytes: number, locale = readerLocale()): string {
  if (!Number.isFinite(bytes)) return '–';
  if (Math.abs(bytes) < 1000) return unitOf(wordLocale(locale), 'byte/0').format(Math.trunc(bytes));
  let value = bytes;
  let unit = -1;
  // 999,960 would round to 1000.0 kB.
  do {
    value /= 1000;
    unit += 1;
  } while (Math.abs(value) >= 999.95 && unit < UNITS.length - 1);
  const digits = Math.abs(value) < 99.95 ? 1 : 0;
  return unitOf(locale, `${UNITS[unit] ?? ''}/${digits}`).format(value);
}

/** `208 MB/s`. */
export function formatRate(bytesPerSecond: number, locale = readerLocale()): string {
  const t = textsOf('ui');
  return t('format.rate', { amount: formatBytes(bytesPerSecond, locale) });
}

/** Hours of sound, given in hours: `40 s`, `1 h 12 min`, `12,408 h`. */
export function formatHours(hours: number, locale = readerLocale()): string {
  if (!Number.isFinite(hours)) return '–';
  const t = textsOf('ui');
  if (hours >= 100) return t('format.hours', { hours: formatCount(Math.round(hours), locale) });
  const seconds = Math.round(hours * 3600);
  return seconds < 60 ? t('format.seconds', { seconds }) : clock(Math.round(seconds / 60), locale);
}

/** Time that is left or was taken, given in milliseconds: `40 s`, `3 h 40 min`, `2 days 4 h`. */
export function formatDuration(ms: number, locale = readerLocale()): string {
  if (!Number.isFinite(ms)) return '–';
  const t = textsOf('ui');
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 60) return t('format.seconds', { seconds: Math.max(1, Math.round(seconds)) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return clock(minutes, locale);
  const hours = Math.round(minutes / 60);
  const days = Math.floor(hours / 24);
  return t('format.days', { count: days, days: formatCount(days, locale), hours: hours % 24 });
}

function clock(minutes: number, locale: string): string {
  const t = textsOf('ui');
  const whole = Math.floor(minutes / 60);
  if (whole === 0) return t('format.minutes', { minutes });
  const hours = formatCount(whole, locale);
  return minutes % 60 === 0
    ? t('format.hours', { hours })
    : t('format.hoursMinutes', { hours, minutes: minutes % 60 });
}

/** A recording's length, given in milliseconds: `2:14`, `1:02:14`; nothing where none is known. */
export function formatLength(ms: number): string {
  return ms > 0 ? formatPosition(ms) : '';
}

/** A place in a recording, in milliseconds from its beginning, which is `0:00`. */
export function formatPosition(ms: number): string {
  if (!Number.isFinite(ms)) return '';
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** `25%` as the reader writes it; never rounded up to all or down to none. */
export function formatShare(part: number, whole: number, locale = readerLocale()): string {
  const percent = percentOf(locale, '');
  if (!(whole > 0) || !Number.isFinite(part)) return percent.format(0);
  const share = part / whole;
  const t = textsOf('ui');
  if (share > 0 && share < 0.01) return t('format.lessThan', { share: percent.format(0.01) });
  if (share < 1 && share > 0.99) return t('format.moreThan', { share: percent.format(0.99) });
  return percent.format(share);
}
