import { displayPath, pathToJson, type RawPath } from '../../../shared/domain/path.ts';
import { markup, PAGE_FOOT, pageHead } from '../hand-outs/page.ts';
import type { NotReceived, ReceivedFile } from '../ports/intake.ts';
import {
  count,
  EXPLANATION,
  factsOf,
  grouped,
  HEAD_EXPLANATION,
  totalsOf,
  type ReceiptFacts,
} from './receipt-facts.ts';

/** The receipt as one HTML page (UTF-8, no scripts, nothing loaded). Everything from outside is escaped. */
export async function* receiptHtml(facts: ReceiptFacts): AsyncGenerator<string> {
  const { head } = facts;
  const { accession, archive, log } = head;
  const totals = totalsOf(head);
  const title = `Receipt of accession ${accession.number}`;
  yield pageHead(title);
  yield `<p class="muted">${markup(archive.name)}</p>
<h1>${markup(title)}</h1>
<p>${markup(EXPLANATION)}</p>
<dl>
${factsOf(facts)
  .map(([name, value]) => `<dt>${markup(name)}</dt><dd>${markup(value)}</dd>`)
  .join('\n')}
</dl>
<h2>Received: ${count(totals.files)}</h2>
`;
  if (totals.files === 0) yield '<p>Nothing was received.</p>\n';
  else {
    yield '<table>\n<thead><tr><th scope="col">File</th><th scope="col" class="size">Bytes</th><th scope="col">Message digests</th></tr></thead>\n<tbody>\n';
    for await (const file of facts.files()) yield receivedRow(file);
    yield '</tbody>\n</table>\n';
  }
  if (totals.refused + totals.problems > 0) {
    yield `<h2>Refused, or not wholly taken in: ${count(totals.refused + totals.problems)}</h2>
<table>\n<thead><tr><th scope="col">File</th><th scope="col">What is so, and what can be done</th></tr></thead>\n<tbody>\n`;
    for await (const row of facts.notReceived()) yield notReceivedRow(row);
    yield '</tbody>\n</table>\n';
  }
  yield `<h2>Head of the log, after ${count(log.events)} events</h2>
<p><code>${grouped(log.head)}</code></p>
<p class="muted">${markup(HEAD_EXPLANATION)}</p>
`;
  yield PAGE_FOOT;
}

function receivedRow({ path, size, digests, format }: ReceivedFile): string {
  const told = digests.map(([algorithm, hex]) => `${markup(algorithm)} <code>${grouped(hex)}</code>`);
  return `<tr><td>${path === undefined ? '<span class="muted">name erased</span>' : named(path)}<br><span class="muted">${markup(format)}</span></td><td class="size">${count(size)}</td><td>${told.join('<br>')}</td></tr>\n`;
}

function notReceivedRow({ path, kind, message }: NotReceived): string {
  return `<tr><td>${named(path)}</td><td>${kind === 'refusal' ? 'Refused. ' : ''}${markup(message)}</td></tr>\n`;
}

/** A name that is not what it looks like is given in bytes too. */
function named(path: RawPath): string {
  const { bytes } = pathToJson(path);
  const raw =
    bytes === undefined ? '' : `<br><span class="muted">as base64</span> <code>${markup(bytes)}</code>`;
  return `<code>${markup(displayPath(path))}</code>${raw}`;
}
