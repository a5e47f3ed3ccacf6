/** The one origin that this program shows: its own screens, served by itself. */
export const SCHEME = 'app';
const HOST = 'holdfast';
export const ORIGIN = `${SCHEME}://${HOST}`;

/** Standard (an origin of its own, relative addresses), secure, with fetch and streams, and nothing else of what a scheme may be. */
export const PRIVILEGED = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
} as const;

export function isOwnUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return (
      url.protocol === `${SCHEME}:` &&
      url.host === HOST &&
      url.port === '' &&
      url.username === '' &&
      url.password === ''
    );
  } catch {
    return false;
  }
}

/** Of a frame that sent a message, what is looked at. */
export interface Sender {
  readonly url: string;
  readonly parent: unknown;
}

/** Whether a message comes from the app's own page, and from no frame in it. A frame that is gone already is null. */
export function isOwnFrame(frame: Sender | null | undefined): boolean {
  return frame != null && frame.parent === null && isOwnUrl(frame.url);
}
