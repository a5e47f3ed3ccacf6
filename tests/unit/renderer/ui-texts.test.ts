import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../renderer/ui/i18n.ts';
import {
  askedTexts,
  catalogueOf,
  catalogues,
  literalTexts,
  openedTerms,
  screenSources,
  strings,
} from '../../support/screen-texts.ts';

/**
 * Keys that code puts together from parts, so that no source names them: `catalogue:beginning`. A template within `t(…)` need not
 * be listed, nor a whole key that stands as a string in a table of the same folder.
 */
const PUT_TOGETHER: readonly string[] = [
  // wordOf(t, group, value) of the two features.
  'jobs:phase.',
  'jobs:outcome.',
  'overview:rights.',
  'overview:role.',
  'overview:kind.',
  'overview:outcome.',
  // By the key of a rule in status-evidence.ts, a predicate, a gap.
  'holdings:evidence.',
  'holdings:relation.',
  'holdings:relationOf.',
  'holdings:gap.',
];

/** Folders that also hand on a `t` of another catalogue. */
const ALSO: Readonly<Record<string, string>> = { app: 'jobs' };

const sources = screenSources();
const texts = catalogues();
const asked = sources.flatMap(askedTexts).flatMap((each) => {
  const also = each.isHandedOn ? ALSO[each.namespace] : undefined;
  const isThere = [...(texts.get(each.namespace) ?? [])].some((key) => key.startsWith(each.key));
  return also === undefined || isThere ? [each] : [{ ...each, namespace: also }];
});

/** i18next takes `key`, or with a count the plurals of it. */
function has(namespace: string, key: string): boolean {
  const keys = texts.get(namespace);
  return keys !== undefined && (keys.has(key) || (keys.has(`${key}_one`) && keys.has(`${key}_other`)));
}

const PLURAL = /_(zero|one|two|few|many|other)$/;

describe('the message catalogue', () => {
  it('was looked for in screens that exist', () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(asked.length).toBeGreaterThan(40);
  });

  it('has every text that a screen asks for', () => {
    const missing = asked.filter(({ namespace, key, isPrefix }) =>
      isPrefix
        ? ![...(texts.get(namespace) ?? [])].some((each) => each.startsWith(key))
        : !has(namespace, key),
    );
    expect(missing.map(({ where, namespace, key }) => `${where} ${namespace}:${key}`)).toEqual([]);
  });

  it('has no text that no screen asks for', () => {
    const whole = new Set(
      asked.filter((each) => !each.isPrefix).map((each) => `${each.namespace}:${each.key}`),
    );
    const beginnings = [
      ...PUT_TOGETHER,
      ...asked.filter((each) => each.isPrefix).map((each) => `${each.namespace}:${each.key}`),
    ];
    // Keys in tables: they count for the catalogue of their own folder.
    for (const source of sources)
      for (const text of strings(source)) whole.add(`${catalogueOf(source.fileName)}:${text}`);
    const unused = [...texts]
      // Every term may be opened from a screen to come; that those opened exist is tested below.
      .filter(([namespace]) => namespace !== 'terms')
      .flatMap(([namespace, keys]) => [...keys].map((key) => `${namespace}:${key}`))
      .filter((key) => !whole.has(key) && !whole.has(key.replace(PLURAL, '')))
      .filter((key) => !beginnings.some((beginning) => key.startsWith(beginning)));
    expect(unused).toEqual([]);
  });

  it('has every beginning that is listed as put together', () => {
    const all = [...texts].flatMap(([namespace, keys]) => [...keys].map((key) => `${namespace}:${key}`));
    expect(PUT_TOGETHER.filter((beginning) => !all.some((key) => key.startsWith(beginning)))).toEqual([]);
  });

  it('explains every term that can be opened', () => {
    const unexplained = sources
      .flatMap(openedTerms)
      .filter(({ id }) => !has('terms', `${id}.name`) || !has('terms', `${id}.text`));
    expect(unexplained).toEqual([]);
  });

  it('is gone round by no text in JSX', () => {
    expect(sources.flatMap(literalTexts)).toEqual([]);
  });

  it('never looks into what is put in: a title may hold braces and references', () => {
    const t = textsOf('ui');
    const hostile = '{{label}} $t(common:close) <b>&amp;</b>';
    expect(t('chip.remove', { label: hostile })).toBe(`Remove ${hostile}`);
  });

  it('chooses plurals', () => {
    const t = textsOf('ui');
    expect(t('table.selected', { count: 1, rows: 1 })).toBe('1 row selected.');
    expect(t('table.selected', { count: 3, rows: 3 })).toBe('3 rows selected.');
    expect(t('folder.files', { count: 0, files: 0 })).toBe('no files.');
  });
});
