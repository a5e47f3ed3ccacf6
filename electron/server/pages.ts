/** The two pages that are shown where the app cannot be: plain, without scripts. */

export interface Closed {
  readonly again: boolean;
  /** The browser holds a session of this address that is over: Holdfast was started anew since. */
  readonly wasKnown: boolean;
}

/**
 * For a browser that is not let in. `again` asks once more by itself: a browser that came by a link on another site keeps its
 * cookie back until this page, which is ours, asks.
 */
export function closedPage(nonce: string, { again, wasKnown }: Closed): string {
  const why =
    '<p>Holdfast was started anew since this window was opened, and lets nobody in by what it gave out before.</p>';
  return page(
    nonce,
    wasKnown ? 'Holdfast was started anew' : 'This archive is not open here',
    `${wasKnown ? why : ''}<p>Open it with the link that <code>holdfast serve</code> has printed. A link works once; run <code>holdfast serve</code> again,
    for the same archive, to get a fresh one.</p>
    <p>If you have opened a link just now, in this browser: <a href="/">go on to the archive</a>.</p>`,
    again ? '<meta http-equiv="refresh" content="0;url=/">' : '',
  );
}

export function noScreensPage(nonce: string): string {
  return page(
    nonce,
    'The screens are not built',
    `<p>This copy of Holdfast has its command line only. Run <code>npm run build</code> in its folder, then
    <code>holdfast serve</code> again. Commands reach the archive meanwhile.</p>`,
  );
}

function page(nonce: string, title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    ${head}
    <title>${title} · Holdfast</title>
    <style nonce="${nonce}">
      body { max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem; font: 1rem/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.5rem; font-weight: 600; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${body}
    </main>
  </body>
</html>
`;
}
