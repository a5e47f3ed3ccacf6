import { displayPath } from '../../../shared/domain/path.ts';
import { oneLine } from '../hand-outs/page.ts';
import { count, grouped } from '../intake/receipt-facts.ts';
import {
  DIGESTS_EXPLANATION,
  factsOf,
  HEAD_EXPLANATION,
  pathOf,
  STATE_WORDS,
  summaryOf,
  titleOf,
  type CertificateFacts,
} from './certificate-facts.ts';

/** The certificate as plain text (UTF-8), whole; what was removed stands in the form that `sha256sum` writes. */
export async function* certificateText({ record, copies }: CertificateFacts): AsyncGenerator<string> {
  yield `${oneLine(titleOf(record)).toUpperCase()}\n\n${oneLine(summaryOf(record))}\n\n`;
  const pairs = factsOf(record);
  const widest = Math.max(...pairs.map(([name]) => name.length));
  for (const [name, value] of pairs) yield `${name.padEnd(widest)}  ${oneLine(value)}\n`;
  yield '\nPLACES\n';
  for (const place of record.places) {
    yield (
      `\n${oneLine(place.locationName)}: ${STATE_WORDS[place.state]}\n  ${pathOf(place)}\n` +
      `  ${count(place.files)} copies, ${count(place.bytes)} bytes\n`
    );
    if (place.detail !== '') yield `  ${oneLine(place.detail)}\n`;
  }
  let listed = 0;
  for await (const { sha256, path } of copies()) {
    if (listed++ === 0) yield `\nWHAT WAS REMOVED\n\n${DIGESTS_EXPLANATION}\n\n`;
    yield `${sha256}  ${path === undefined ? '(name erased)' : displayPath(path)}\n`;
  }
  yield `\nHEAD OF THE LOG, AFTER ${count(record.log.events)} EVENTS\n\n${grouped(record.log.head)}\n\n${HEAD_EXPLANATION}\n`;
}
