/** Figures as reports write them: exact where they can be, in units that a person reads. */

export function count(value: number): string {
  return value.toLocaleString('en');
}

export function many(value: number, one: string, several = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : several}`;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Powers of a thousand, as disks are sold; three digits. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? count(Math.round(value)) : value.toFixed(1)} ${UNITS[unit] ?? ''}`;
}

/** Hours above two, else minutes or seconds; never a rounded nothing. */
export function length(hours: number): string {
  if (hours === 0) return 'none';
  if (hours >= 100) return `${count(Math.round(hours))} h`;
  if (hours >= 2) return `${hours.toFixed(1)} h`;
  const seconds = hours * 3600;
  if (seconds >= 120) return `${count(Math.round(seconds / 60))} min`;
  return seconds >= 1 ? `${count(Math.round(seconds))} s` : 'under 1 s';
}

const DAY_MS = 86_400_000;

export function duration(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${count(Math.round(ms / DAY_MS))} days`;
  if (ms >= 2 * 3_600_000) return many(Math.round(ms / 3_600_000), 'hour');
  if (ms >= 2 * 60_000) return many(Math.round(ms / 60_000), 'minute');
  return ms >= 60_000 ? '1 minute' : 'under a minute';
}

/** `3 November 2026`. */
export function day(time: string): string {
  return new Date(time).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** Of a share that is not quite all or nothing, never that it is. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (100 * part) / whole;
  if (share > 0 && share < 0.1) return 'under 0.1 %';
  if (share < 100 && share >= 99.95) return 'over 99.9 %';
  return `${share >= 10 || share === 0 ? share.toFixed(share === 100 || share === 0 ? 0 : 1) : share.toFixed(1)} %`;
}

export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** A word of the catalogue as people read it. */
export function plain(word: string): string {
  return word.replaceAll('_', ' ');
}
