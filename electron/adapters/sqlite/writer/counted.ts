/** `1 finding`, `1,204 findings`: as notes of events say it, in the language of the log. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
