import { displayPath, pathToJson, type RawPath } from '../../../shared/domain/path.ts';
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

/** Paper and ink (ui.md): a page that prints, asks nothing of a network, and runs nothing. */
const STYLE = `
  :root { color-scheme: light; }
  body { margin: 0; background: #FAF8F3; color: #1D2530; font: 15px/1.5 "Inter", "Public Sans", system-ui, sans-serif; }
  main { max-width: 60rem; margin: 0 auto; padding: 48px 24px; }
  h1 { font: 400 34px/1.2 "Source Serif 4", Georgia, "Times New Roman", serif; margin: 0 0 4px; }
  h2 { font: 400 24px/1.3 "Source Serif 4", Georgia, "Times New Roman", serif; margin: 40px 0 12px; }
  p { max-width: 42rem; }
  .muted { color: #5C6670; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; margin: 24px 0; border-top: 1px solid #E4DFD3; padding-top: 16px; }
  dt { color: #5C6670; }
  dd { margin: 0; overflow-wrap: anywhere; }
  table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
  th { text-align: left; font-weight: 600; color: #5C6670; }
  th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid #E4DFD3; vertical-align: top; overflow-wrap: anywhere; }
  .size { text-align: right; white-space: nowrap; }
  code { font: 12px/1.5 "JetBrains Mono", "IBM Plex Mono", ui-monospace, monospace; overflow-wrap: anywhere; }
  @media print {
    body { background: none; font-size: 10pt; }
    main { max-width: none; padding: 0; }
    tr { break-inside: avoid; }
    thead { display: table-header-group; }
  }
`;

/** The receipt as one HTML page (UTF-8, no scripts, nothing loaded). Everything from outside is escaped. */
export async function* receiptHtml(facts: ReceiptFacts): AsyncGenerator<string> {
  const { head } = facts;
  const { accession, archive, log } = head;
  const totals = totalsOf(head);
  const title = `Receipt of accession ${accession.number}`;
  yield `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="muted">${escaped(archive.name)}</p>
<h1>${escaped(title)}</h1>
<p>${escaped(EXPLANATION)}</p>
<dl>
${factsOf(facts)
  .map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`)
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
<p class="muted">${escaped(HEAD_EXPLANATION)}</p>
</main>
</body>
</html>
`;
}

function receivedRow({ path, size, digests, format }: ReceivedFile): string {
  const told = digests.map(([algorithm, hex]) => `${escaped(algorithm)} <code>${grouped(hex)}</code>`);
  return `<tr><td>${path === undefined ? '<span class="muted">name erased</span>' : named(path)}<br><span class="muted">${escaped(format)}</span></td><td class="size">${count(size)}</td><td>${told.join('<br>')}</td></tr>\n`;
}

function notReceivedRow({ path, kind, message }: NotReceived): string {
  return `<tr><td>${named(path)}</td><td>${kind === 'refusal' ? 'Refused. ' : ''}${escaped(message)}</td></tr>\n`;
}

/** A name that is not what it looks like is given in bytes too. */
function named(path: RawPath): string {
  const { bytes } = pathToJson(path);
  const raw =
    bytes === undefined ? '' : `<br><span class="muted">as base64</span> <code>${escaped(bytes)}</code>`;
  return `<code>${escaped(displayPath(path))}</code>${raw}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an HTML page: markup becomes text, and what HTML forbids or what reorders a line becomes visible. */
function escaped(text: string): string {
  return text.replace(
    /[&<>"']|[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}\p{Surrogate}]/gu,
    (character) =>
      ENTITIES[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}
