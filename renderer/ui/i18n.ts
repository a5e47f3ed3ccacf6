import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

type Catalogue = Record<string, unknown>;

/** A text of one catalogue: its key, and what stands between the braces. `count` chooses the plural. */
export type Texts = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** The language that the catalogues are written in. */
export const TEXT_LANGUAGE = 'en';

// Every file is a namespace by its name. Eager: a screen must not be drawn before its words are here.
const files = import.meta.glob<Catalogue>('../locales/en/*.json', { eager: true, import: 'default' });

const catalogues = Object.fromEntries(
  Object.entries(files).map(([path, catalogue]) => [path.replace(/^.*\/|\.json$/g, ''), catalogue]),
);

const i18n: I18n = i18next.createInstance();
// With `initAsync: false` everything stands when this returns: a failure is thrown by the first text that is asked for.
i18n
  .use(initReactI18next)
  .init({
    lng: TEXT_LANGUAGE,
    fallbackLng: TEXT_LANGUAGE,
    resources: { [TEXT_LANGUAGE]: catalogues },
    ns: Object.keys(catalogues),
    defaultNS: 'common',
    initAsync: false,
    // React escapes what it shows; escaping twice would show `&amp;`. Values come from files, so they are never looked into.
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnNull: false,
  })
  .catch((error: unknown) => {
    reportError(error);
  });

/** The texts of a catalogue, in a component. */
export function useTexts(namespace: string): { readonly t: Texts } {
  const { t } = useTranslation(namespace, { i18n });
  return { t: t as unknown as Texts };
}

const fixed = new Map<string, Texts>();

/** The same outside components, and in cells of which there are thousands. */
export function textsOf(namespace: string): Texts {
  const known = fixed.get(namespace);
  if (known !== undefined) return known;
  const made = i18n.getFixedT(null, namespace) as unknown as Texts;
  fixed.set(namespace, made);
  return made;
}
