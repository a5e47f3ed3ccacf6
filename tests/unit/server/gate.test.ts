import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterOf, refusalOf } from '../../../electron/server/gate.ts';
import { pathOf } from '../../../shared/shell/path-of.ts';
import { rangeOf } from '../../../shared/shell/ranges.ts';
import { proofOf, Sessions } from '../../../electron/server/sessions.ts';

describe('the path of a target', () => {
  it.each([
    ['/', '/'],
    ['/holdings/item-12?text=%2e%2e%2f#x', '/holdings/item-12'],
    ['/T%C3%B6ne', '/Töne'],
    ['/a%20b', '/a b'],
  ])('%s is %s', (target, path) => expect(pathOf(target)).toBe(path));

  it.each([
    '/..',
    '/a/../b',
    '/./a',
    '/%2e%2e/a',
    '/%2e%2e%2fa',
    '/a%5cb',
    '/a\\b',
    '/a%00b',
    '/a%0ab',
    '/%252e',
    '/%',
    '/%ff',
  ])('%s is none', (target) => expect(pathOf(target)).toBeUndefined());

  it('never climbs and never keeps a separator or an escape, whatever is asked', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '%25',
      '%00',
      '/',
      '\\',
      'a',
      '?',
      '#',
      '%C3',
      '%B6',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const path = pathOf(`/${pieces.join('')}`);
        if (path === undefined) return;
        expect(path).not.toMatch(/[\\%\0]/);
        expect(path.split('/')).not.toContain('..');
      }),
    );
  });
});

describe('a parameter', () => {
  it('is read from the query alone', () => {
    expect(parameterOf('/?token=a%2Bb', 'token')).toBe('a+b');
    expect(parameterOf('/?x=1&token=t', 'token')).toBe('t');
    expect(parameterOf('/#?token=t', 'token')).toBeUndefined();
    expect(parameterOf('/token=t', 'token')).toBeUndefined();
  });
});

describe('the gate', () => {
  const own = { host: '127.0.0.1:8190' };
  const rawHeaders = ['Host', own.host];

  it('lets a plain request of this machine through', () => {
    expect(refusalOf({ method: 'GET', url: '/', headers: own, rawHeaders }, 8190)).toBeUndefined();
  });

  it.each([
    [421, { url: '/', headers: { host: '127.0.0.1:8191' } }],
    [421, { url: '/', headers: {} }],
    [400, { url: '*', headers: own }],
    [413, { url: '/', headers: { ...own, 'content-length': '1' } }],
    [413, { url: '/', headers: { ...own, 'content-length': 'NaN' } }],
    [403, { url: '/', headers: { ...own, origin: 'http://localhost:8190' } }],
    [403, { url: '/', headers: { ...own, 'sec-fetch-site': 'same-site' } }],
  ])('refuses with %i: %j', (status, asked) => {
    expect(refusalOf({ method: 'GET', rawHeaders, ...asked }, 8190)?.status).toBe(status);
  });
});

describe('a range', () => {
  it('is always inside of what there is', () => {
    const number = fc.option(fc.nat(1000), { nil: undefined });
    fc.assert(
      fc.property(number, number, fc.nat(500), (from, to, size) => {
        const range = rangeOf(`bytes=${from ?? ''}-${to ?? ''}`, size);
        if (range === undefined || range === 'unsatisfiable') return;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.last).toBeGreaterThanOrEqual(range.first);
        expect(range.last).toBeLessThan(size);
      }),
    );
  });

  it('of nothing cannot be satisfied', () => {
    expect(rangeOf('bytes=0-', 0)).toBe('unsatisfiable');
    expect(rangeOf('bytes=-5', 0)).toBe('unsatisfiable');
    expect(rangeOf(undefined, 0)).toBeUndefined();
  });
});

describe('sessions', () => {
  it('forget the oldest link and the browser that has not come for longest', () => {
    const sessions = new Sessions(1);
    const links = Array.from({ length: 17 }, () => sessions.newLink());
    expect(sessions.exchange(links[0] ?? '')).toBeUndefined();
    const first = sessions.exchange(links[1] ?? '')?.split(';', 1)[0];
    expect(sessions.isKnown(first)).toBe(true);
    const others = Array.from({ length: 31 }, () => sessions.exchange(sessions.newLink())?.split(';', 1)[0]);
    expect(sessions.isKnown(first)).toBe(true);
    sessions.exchange(sessions.newLink());
    expect(sessions.isKnown(others[0])).toBe(false);
    expect(sessions.isKnown(first)).toBe(true);
  });

  it('find theirs among the cookies of others', () => {
    const sessions = new Sessions(1);
    const own = sessions.exchange(sessions.newLink())?.split(';', 1)[0] ?? '';
    expect(sessions.isKnown(`holdfast-1=x; holdfast-2=y;${own}; z`)).toBe(true);
    expect(sessions.isKnown(own.replace('holdfast-1', 'holdfast-2'))).toBe(false);
    expect(sessions.isKnown(undefined)).toBe(false);
  });

  it('know the command line by its whole secret', () => {
    const sessions = new Sessions(1);
    expect(sessions.isCommandLine(`Bearer ${sessions.secret}`)).toBe(true);
    for (const said of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      `Basic ${sessions.secret}`,
      `Bearer ${sessions.secret.slice(1)}`,
    ])
      expect(sessions.isCommandLine(said)).toBe(false);
    expect(proofOf(sessions.secret, 'a')).not.toBe(proofOf(sessions.secret, 'b'));
    expect(proofOf(sessions.secret, 'a')).not.toBe(proofOf('other', 'a'));
  });
});
