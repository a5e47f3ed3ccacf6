/** Dates with uncertainty: EDTF, levels 0 to 2 (ISO 8601-2:2019, annex A). */
import edtf from 'edtf';

const SIMPLE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?$/;
const EXAMPLES =
  '1962, 1962-06-30, 1962? (uncertain), 1962~ (about), 196X (the sixties), 1962/1965, 1962/.., [1962,1964]';
const LONGEST = 200;

/** The date, or a sentence without its subject on what is wrong with it. */
export function checkDate(text: string): { readonly value: string } | { readonly problem: string } {
  const date = text.replace(/\s+/g, '');
  const problem = { problem: `is no EDTF date. Write ${EXAMPLES}` };
  if (date.length > LONGEST) return problem;
  const simple = SIMPLE.exec(date);
  // Nearly every date is one of these, and the grammar takes a tenth of a millisecond for each. It knows no leap years, either.
  if (simple?.[3] !== undefined && !isDay(Number(simple[1]), Number(simple[2]), Number(simple[3])))
    return problem;
  if (simple !== null && Number(simple[2] ?? 1) <= 12 && Number(simple[2] ?? 1) > 0) return { value: date };
  try {
    edtf(date);
    return { value: date };
  } catch {
    return problem;
  }
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= last;
}
