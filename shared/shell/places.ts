/** Places in the app that a link, a menu or another start of the program may ask for: the routes of the renderer, and nothing else. */
const ID = '[A-Za-z0-9][A-Za-z0-9-]{0,63}';
const PLACES = new RegExp(
  `^/(?:overview|(?:holdings|accessions|locations|log|fixity)(?:/${ID})?|hand-outs(?:/check|/history)?|(?:settings|jobs)/${ID})$`,
);

/** Whether a path is that of a place in the app. A search or hash is none of it. */
export function isPlace(path: string): boolean {
  return PLACES.test(path);
}

/** `holdfast://holdings/rep-12` as the path `/holdings/rep-12`; undefined for what names no place. */
export function placeOfLink(link: string): string | undefined {
  const match = /^holdfast:(?:\/\/)?\/*([A-Za-z0-9/-]{1,128}?)\/?$/.exec(link);
  const path = `/${match?.[1] ?? ''}`;
  return isPlace(path) ? path : undefined;
}
