/** What pages may do: nothing that a page is not asked for here. Applied to the session, and to every contents ever made. */
import type { Session, WebContents } from 'electron';
import { isOwnUrl } from './origin.ts';

type GuardedSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> };

export function lockSession(session: GuardedSession, { isDevelopment }: { isDevelopment: boolean }): void {
  // Both: what is only refused on request would still be told as granted to whoever checks.
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // The policy of the page says so too; this holds where a page would have none.
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isTool = isDevelopment && url.startsWith('devtools://');
    answer({ cancel: !isOwnUrl(url) && !isTool });
  });
}

type GuardedContents = Pick<WebContents, 'setWindowOpenHandler'> & {
  on(event: string, listener: (event: { preventDefault(): void }) => void): unknown;
};

/** Places in the app change by the history of the page, which is no navigation to Electron. */
const NAVIGATIONS = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'];

export function lockContents(contents: GuardedContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  for (const event of NAVIGATIONS) contents.on(event, (navigation) => navigation.preventDefault());
}
