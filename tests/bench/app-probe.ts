/**
 * What runs in the page to see when something is painted. A change of the document is painted when the next frame was drawn:
 * a MutationObserver sees it, requestAnimationFrame comes before that frame is drawn, a message posted there comes after.
 */

/** Functions of `probe` in the page; texts, since the page knows nothing of this program. */
export const PROBE = `
(() => {
  const channel = new MessageChannel();
  const drawn = [];
  channel.port1.onmessage = () => { for (const tell of drawn.splice(0)) tell(performance.now()); };
  const painted = () => new Promise((resolve) => {
    requestAnimationFrame(() => { drawn.push(resolve); channel.port2.postMessage(0); });
  });
  const when = (isThere) => new Promise((resolve) => {
    const look = () => {
      if (!isThere()) return;
      observer.disconnect();
      resolve(painted());
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
    look();
  });
  const OVERVIEW = 'h1 + p a[href="/holdings"]';
  // A row that is still being read has one cell.
  const HOLDINGS = '[role=grid] [role=row][data-index="0"] [role=gridcell]:nth-child(2)';
  const isUseful = () => document.querySelector(location.pathname === '/holdings' ? HOLDINGS : OVERVIEW) !== null;
  const useful = when(isUseful).then((at) => at - performance.getEntriesByType('navigation')[0].responseStart);

  let frames = [];
  let isWatching = false;
  const frame = (at) => { frames.push(at); if (isWatching) requestAnimationFrame(frame); };

  // Keys wait for the answer to the text that stands in the field when it is painted: one that was overtaken waits on.
  const answers = [];
  let pending = [];
  const isAnswered = {
    palette: () => (document.querySelector('[role=dialog] [role=status]')?.textContent ?? '') !== '',
    holdings: () => {
      // The list that is shown says itself what it was looked for by; rows of another one are no answer.
      const list = document.querySelector('[role=grid]')?.closest('[data-text]');
      return list?.dataset.text === pending.at(-1).text && list.ariaBusy === 'false'
        && list.querySelector('[data-index="0"] [role=gridcell]:nth-child(2)') !== null;
    },
  };
  const watchKeys = (place) => {
    addEventListener('input', (event) => {
      pending.push({ at: event.timeStamp, text: event.target.value });
    }, { capture: true });
    new MutationObserver(() => {
      if (pending.length === 0 || pending.at(-1).text === '' || !isAnswered[place]()) return;
      const waited = pending;
      pending = [];
      const seen = performance.now();
      painted().then((at) => {
        for (const key of waited) answers.push({ text: key.text, ms: at - key.at, host: seen - key.at });
      });
    }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
  };

  let longFrames = 0;
  new PerformanceObserver((list) => { longFrames += list.getEntries().length; }).observe({ type: 'long-animation-frame' });

  globalThis.probe = {
    useful,
    isUseful,
    watchFrames() { frames = []; longFrames = 0; isWatching = true; requestAnimationFrame(frame); },
    frames() { isWatching = false; return { times: frames, longFrames }; },
    // A box of text where the list would be, and nothing else.
    plainList() {
      const box = document.createElement('div');
      Object.assign(box.style, { position: 'fixed', left: '260px', top: '200px', width: '1150px', height: '640px', overflow: 'auto' });
      for (let at = 0; at < 4000; at += 1) {
        const line = document.createElement('div');
        line.style.height = '32px';
        line.textContent = at + ' Slow Kettle Waltz, Hana Novak, Evening River, 2:14, 41.2 MB, 2 days ago';
        box.append(line);
      }
      document.body.replaceChildren(box);
    },
    watchKeys,
    forget() { pending = []; },
    waiting: () => pending.length,
    answers: () => answers.splice(0),
  };
})();
`;
