/** What a page says, once for a text file and once for HTML: both stand side by side, since nobody knows what will be at hand. */
import { markup, oneLine, PAGE_FOOT, pageHead } from './page.ts';

export interface Section {
  /** None of the first. */
  readonly title?: string;
  readonly body: readonly Block[];
}

/** A paragraph, commands to be typed, or terms with what they are. */
export type Block =
  | string
  | { readonly commands: readonly string[] }
  | { readonly terms: readonly (readonly [string, string])[] };

const WIDTH = 96;
const INDENT = '    ';

/** Plain text, lines broken at words. */
export function sectionsAsText(title: string, sections: readonly Section[]): string {
  const lines = [oneLine(title), '='.repeat(Math.min(WIDTH, oneLine(title).length)), ''];
  for (const { title: heading, body } of sections) {
    if (heading !== undefined) lines.push(oneLine(heading), '-'.repeat(oneLine(heading).length), '');
    for (const block of body) lines.push(...textOf(block), '');
  }
  return lines.join('\n');
}

function textOf(block: Block): string[] {
  if (typeof block === 'string') return broken(oneLine(block), '');
  if ('commands' in block) return block.commands.map((command) => INDENT + oneLine(command));
  const widest = Math.min(30, Math.max(...block.terms.map(([term]) => term.length)));
  return block.terms.flatMap(([term, meaning]) => {
    const [first = '', ...rest] = broken(oneLine(meaning), ' '.repeat(widest + 2));
    const head = oneLine(term).padEnd(widest);
    return head.length > widest
      ? [head, ' '.repeat(widest + 2) + first.trimStart(), ...rest]
      : [`${head}  ${first.trimStart()}`, ...rest];
  });
}

function broken(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const isFirst = line === indent;
    if (!isFirst && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line += isFirst ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** @param meta further elements of the head, as markup */
export function sectionsAsHtml(title: string, sections: readonly Section[], meta = ''): string {
  const body = sections.map(
    ({ title: heading, body: blocks }) =>
      (heading === undefined ? '' : `<h2>${markup(heading)}</h2>\n`) + blocks.map(htmlOf).join(''),
  );
  const head = pageHead(title).replace('</head>', `${meta}</head>`);
  return `${head}<h1>${markup(title)}</h1>\n${body.join('')}${PAGE_FOOT}`;
}

function htmlOf(block: Block): string {
  if (typeof block === 'string') return `<p>${markup(block)}</p>\n`;
  if ('commands' in block)
    return `<p>${block.commands.map((command) => `<code>${markup(command)}</code>`).join('<br>\n')}</p>\n`;
  const rows = block.terms.map(([term, meaning]) => `<dt>${markup(term)}</dt><dd>${markup(meaning)}</dd>\n`);
  return `<dl>\n${rows.join('')}</dl>\n`;
}
