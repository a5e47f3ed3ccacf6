import { formatDateTime } from '../../ui/index.ts';

/** A due time in the zone of its schedule: the day of the week says more to people than a date alone. */
export function dueText(at: string, timeZone: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  try {
    return new Intl.DateTimeFormat(undefined, {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }).format(date);
  } catch {
    return formatDateTime(at); // A zone that this browser does not know.
  }
}
