import { displayPath } from '../../../shared/domain/path.ts';
import { markup, PAGE_FOOT, pageHead } from '../hand-outs/page.ts';
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

/** A page is for people: of more copies than this the rest stands in the text beside it. */
const LISTED = 2_000;

/** The certificate as one HTML page (UTF-8, no scripts, nothing loaded). Everything from outside is escaped. */
export async function* certificateHtml({ record, copies }: CertificateFacts): AsyncGenerator<string> {
  const title = titleOf(record);
  yield pageHead(title);
  yield `<p class="muted">${markup(record.archive.name)}</p>
<h1>${markup(title)}</h1>
<p>${markup(summaryOf(record))}</p>
<dl>
${factsOf(record)
  .map(([name, value]) => `<dt>${markup(name)}</dt><dd>${markup(value)}</dd>`)
  .join('\n')}
</dl>
<h2>Places</h2>
<table>
<thead><tr><th scope="col">Place</th><th scope="col">Outcome</th><th scope="col" class="size">Copies</th><th scope="col" class="size">Bytes</th></tr></thead>
<tbody>
`;
  for (const place of record.places)
    yield (
      `<tr><td>${markup(place.locationName)}<br><code>${markup(pathOf(place))}</code></td>` +
      `<td>${STATE_WORDS[place.state]}${place.detail === '' ? '' : `<br><span class="muted">${markup(place.detail)}</span>`}</td>` +
      `<td class="size">${count(place.files)}</td><td class="size">${count(place.bytes)}</td></tr>\n`
    );
  yield '</tbody>\n</table>\n';
  let listed = 0;
  for await (const copy of copies()) {
    if (listed === 0) yield copiesHead();
    if (listed++ >= LISTED) break;
    const path =
      copy.path === undefined ? '<span class="muted">name erased</span>' : markup(displayPath(copy.path));
    yield (
      `<tr><td>${markup(copy.location)}<br><code>${path}</code></td><td class="size">${count(copy.size)}</td>` +
      `<td><code>${grouped(copy.sha256)}</code></td></tr>\n`
    );
  }
  if (listed > 0) yield '</tbody>\n</table>\n';
  if (listed > LISTED) yield '<p>More are listed in the text beside this page.</p>\n';
  yield `<h2>Head of the log, after ${count(record.log.events)} events</h2>
<p><code>${grouped(record.log.head)}</code></p>
<p class="muted">${markup(HEAD_EXPLANATION)}</p>
${PAGE_FOOT}`;
}

function copiesHead(): string {
  return `<h2>What was removed</h2>
<p class="muted">${markup(DIGESTS_EXPLANATION)}</p>
<table>
<thead><tr><th scope="col">Copy</th><th scope="col" class="size">Bytes</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
`;
}
