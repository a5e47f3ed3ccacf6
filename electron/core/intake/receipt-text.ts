import { displayPath, pathToJson } from '../../../shared/domain/path.ts';
import {
  count,
  EXPLANATION,
  factsOf,
  grouped,
  HEAD_EXPLANATION,
  totalsOf,
  type ReceiptFacts,
} from './receipt-facts.ts';

const WIDTH = 78;

/** The receipt as plain text (UTF-8), for a person and for `grep`; a name is one line, whatever is in it. */
export async function* receiptText(facts: ReceiptFacts): AsyncGenerator<string> {
  const { head } = facts;
  const totals = totalsOf(head);
  yield `RECEIPT\n\n${wrapped(EXPLANATION)}\n\n`;
  const pairs = factsOf(facts);
  const widest = Math.max(...pairs.map(([name]) => name.length));
  for (const [name, value] of pairs) yield `${name.padEnd(widest)}  ${line(value)}\n`;

  yield `\nRECEIVED (${count(totals.files)})\n`;
  for await (const { path, size, digests, format } of facts.files()) {
    yield `\n${path === undefined ? '(name erased)' : displayPath(path)}\n`;
    const bytes = path === undefined ? undefined : pathToJson(path).bytes;
    if (bytes !== undefined) yield `  name as base64  ${bytes}\n`;
    yield `  ${count(size)} bytes, ${line(format)}\n`;
    for (const [algorithm, hex] of digests) yield `  ${algorithm}  ${hex}\n`;
  }

  if (totals.refused + totals.problems > 0) {
    yield `\nREFUSED, OR NOT WHOLLY TAKEN IN (${count(totals.refused + totals.problems)})\n`;
    for await (const { path, kind, message } of facts.notReceived()) {
      yield `\n${displayPath(path)}\n`;
      const { bytes } = pathToJson(path);
      if (bytes !== undefined) yield `  name as base64  ${bytes}\n`;
      yield `  ${kind === 'refusal' ? 'refused' : 'problem'}: ${line(message)}\n`;
    }
  }

  yield `\nHEAD OF THE LOG, AFTER ${count(head.log.events)} EVENTS\n\n${grouped(head.log.head)}\n\n${wrapped(HEAD_EXPLANATION)}\n`;
}

/** Text of people on one line, with what would steer a terminal made visible. */
function line(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}

function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}
