/** Numbers for people: thousands separated, sizes in decimal units, times in words. */

export function count(value: number): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 file`, `3,120 files`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB'];

/** Decimal units, as disks are sold: `41.2 MB`, `3.1 TB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return counted(Math.trunc(bytes), 'byte');
  let value = bytes;
  let unit = -1;
  // 999,960 would round to 1000.0 kB.
  do {
    value /= 1000;
    unit += 1;
  } while (value >= 999.95 && unit < UNITS.length - 1);
  return `${value < 99.95 ? value.toFixed(1) : count(Math.round(value))} ${UNITS[unit] ?? ''}`;
}

/** Hours of sound: `2 min`, `1 h 12 min`, `12,408 h`. */
export function hours(value: number): string {
  if (value >= 100) return `${count(Math.round(value))} h`;
  const seconds = Math.round(value * 3600);
  return seconds < 60 ? `${seconds} s` : clock(Math.round(seconds / 60));
}

/** Time that is left or was taken: `40 s`, `3 h 40 min`, `2 days 4 h`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return clock(minutes);
  const wholeHours = Math.round(minutes / 60);
  return `${counted(Math.floor(wholeHours / 24), 'day')} ${wholeHours % 24} h`;
}

function clock(minutes: number): string {
  const whole = Math.floor(minutes / 60);
  if (whole === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${count(whole)} h` : `${count(whole)} h ${minutes % 60} min`;
}

/** A recording's length: `2:14`, `1:02:14`. */
export function length(ms: number): string {
  if (ms <= 0) return '';
  const seconds = Math.round(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** `3 November 2026`, in the person's own time zone. */
export function day(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `3 November 2026, 14:05`. */
export function moment(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return `${day(time)}, ${date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}

/** `3 of 12 (25 %)`. Never rounded up to all or down to none. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 1) return '< 1 %';
  if (percent < 100 && percent > 99) return '> 99 %';
  return `${Math.round(percent)} %`;
}
