import { TEXT_LANGUAGE } from '../i18n.ts';

/** The reader's own language and region: how numbers and dates are written. */
export function readerLocale(): string {
  return typeof navigator === 'undefined' || navigator.language === '' ? TEXT_LANGUAGE : navigator.language;
}

/**
 * For what is made of words, such as `2 days ago`: the reader's locale where it is the language of the texts around it, else
 * that language, so that no sentence is in two.
 */
export function wordLocale(locale: string = readerLocale()): string {
  return locale.split('-')[0]?.toLowerCase() === TEXT_LANGUAGE ? locale : TEXT_LANGUAGE;
}

/** Keeps what `make` made for each locale and kind: an Intl object costs as much as drawing a row. */
export function cached<T>(make: (locale: string, kind: string) => T): (locale: string, kind: string) => T {
  const made = new Map<string, T>();
  return (locale, kind) => {
    const key = `${locale}\n${kind}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = withFallback(locale, (each) => make(each, kind));
    made.set(key, fresh);
    return fresh;
  };
}

/** A browser may name a language that Intl refuses (`C`, `en-US@posix`). */
function withFallback<T>(locale: string, make: (locale: string) => T): T {
  try {
    return make(locale);
  } catch (error) {
    if (error instanceof RangeError && locale !== TEXT_LANGUAGE) return make(TEXT_LANGUAGE);
    throw error;
  }
}
