import type { RunSummary } from '../../../shared/contract/schedules.ts';
import { markup, PAGE_FOOT, pageHead } from '../hand-outs/page.ts';
import { facts, more } from './summary-text.ts';

/** Summaries as one HTML page (UTF-8, no scripts, nothing loaded). Everything from outside is escaped. */
export function summaryHtml(summaries: readonly RunSummary[]): string {
  const [first] = summaries;
  const title = first === undefined ? 'Nothing was run' : `${first.archive}: ${first.headline}`;
  return `${pageHead(title)}${summaries.map(one).join('')}${PAGE_FOOT}`;
}

function one(summary: RunSummary): string {
  const { archive, headline, checked, found, foundTotal, notDone, due } = summary;
  return `<p class="muted">${markup(archive)}</p>
<h1>${markup(headline)}</h1>
<dl>
${facts(summary)
  .map(([name, value]) => `<dt>${name}</dt><dd>${markup(value)}</dd>`)
  .join('\n')}
</dl>
${section('Checked', checked)}${
    foundTotal === 0
      ? ''
      : `<h2>Found: ${String(foundTotal)}</h2>
<table>
<thead><tr><th scope="col">File</th><th scope="col">Location</th><th scope="col">What</th></tr></thead>
<tbody>
${found
  .map(
    ({ path, location, what }) =>
      `<tr><td>${markup(path.display)}</td><td>${markup(location)}</td><td>${markup(what)}</td></tr>`,
  )
  .join('\n')}
</tbody>
</table>
<p>${markup(more(found.length, foundTotal).trim())}</p>
`
  }${section('Not done', notDone)}${section('Due', due)}`;
}

function section(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `<h2>${heading}</h2>\n${lines.map((line) => `<p>${markup(line)}</p>\n`).join('')}`;
}
