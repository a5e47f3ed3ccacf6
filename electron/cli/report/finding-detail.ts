/** The evidence of a finding, which the contract carries as JSON text, in sentences. */
import { PROBLEMS, problemMessage, type ProblemCode } from '../../../shared/domain/problem-codes.ts';
import { count, size } from '../format/numbers.ts';
import { capitalise } from '../format/text.ts';

interface Seen {
  readonly sha256: string;
  readonly size: number;
}

/** Text that is no such JSON is returned as it is. */
export function detailText(detail: string): string {
  const evidence = parse(detail);
  if (evidence === undefined) return detail;
  const [expected, observed] = [seen(evidence.expected), seen(evidence.observed)];
  const sentences: string[] = [];
  if (expected !== undefined && observed !== undefined) sentences.push(difference(expected, observed));
  const isInTheWay = evidence.reason === 'not a regular file';
  const problem = isInTheWay
    ? `In its place stands ${inTheWay(evidence.problem)}.`
    : problemText(evidence.problem, evidence.offset);
  if (problem !== undefined) sentences.push(problem);
  else if (expected !== undefined && observed === undefined)
    sentences.push(`Nothing stands at its path, where ${size(expected.size)} were recorded.`);
  if (evidence.suspectedSilentCorruption === true)
    sentences.push('Its modification time did not change with it: suspected silent corruption.');
  if (typeof evidence.reason === 'string' && !isInTheWay) sentences.push(`${capitalise(evidence.reason)}.`);
  return sentences.length === 0 ? '' : sentences.join(' ');
}

function difference(expected: Seen, observed: Seen): string {
  if (expected.size !== observed.size) {
    const [now, then] = [size(observed.size), size(expected.size)];
    const exact = now === then ? ` (${count(observed.size)} bytes, not ${count(expected.size)})` : '';
    return `It holds ${now} where ${then} were recorded${exact}, and its SHA-256 is ${short(observed.sha256)}, not ${short(expected.sha256)}.`;
  }
  return `All ${size(observed.size)} were read: their SHA-256 is ${short(observed.sha256)}, not ${short(expected.sha256)}.`;
}

/** First and last group: enough to compare by eye. */
function short(hex: string): string {
  return `${hex.slice(0, 4)}…${hex.slice(-4)}`;
}

function problemText(problem: unknown, offset: unknown): string | undefined {
  const fields = typeof problem === 'string' ? { code: problem } : object(problem);
  const code = fields?.code;
  if (typeof code !== 'string' || !Object.hasOwn(PROBLEMS, code)) return undefined;
  return problemMessage(code as ProblemCode, {
    errno: textOf(fields?.errno),
    detail: textOf(fields?.detail),
    offset: typeof offset === 'number' ? offset : undefined,
  });
}

function inTheWay(problem: unknown): string {
  const fields = object(problem);
  if (fields?.code === 'symlink_not_followed') return 'a symbolic link';
  return textOf(fields?.detail) ?? 'something that is no regular file';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function seen(value: unknown): Seen | undefined {
  const fields = object(value);
  if (typeof fields?.sha256 !== 'string' || typeof fields.size !== 'number') return undefined;
  return { sha256: fields.sha256, size: fields.size };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return object(JSON.parse(text) as unknown);
  } catch {
    return undefined; // plain words
  }
}

function object(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
