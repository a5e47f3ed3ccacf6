/** What pages that are handed out have in common. */

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

/** Everything before what a page says; `title` is text, `style` CSS beyond what pages have in common. */
export function pageHead(title: string, style = ''): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${markup(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<main>
`;
}

export const PAGE_FOOT = '</main>\n</body>\n</html>\n';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an HTML page: markup becomes text, and what HTML forbids or what reorders a line becomes visible. */
export function markup(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Text of people on one line, with what would steer a terminal or reorder the line made visible. */
export function oneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}\p{Surrogate}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}
