/** Reports, with the built program. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { itWith } from '../support/skips.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let ada: Archivist;
beforeEach(() => {
  ada = new Archivist();
  ada.keep(ada.tapes('tapes', 3));
  mkdirSync(ada.path('out'));
});

it('an archivist writes the reports that people ask for, and hears what they say', () => {
  ada.read(['audit']);
  const out = ['--out', ada.path('out')];
  const annual = ada.read(['report', 'annual', ...out]);
  expect(annual).toMatchObject({ status: 0 });
  expect(annual.stdout).toMatch(/^Annual report \d{4}\nThe archive holds \d items?/);
  expect(annual.stdout).toMatch(/annual-report-\d{4}\.html \(/);
  expect(annual.stdout).toMatch(
    /Handed out by .* for "Test archive" as event-\d+; head of the log before: event \d+, [0-9a-f]{64}/,
  );
  const { status, json } = ada.ask(['report', 'condition', ...out]);
  expect({ status, ...json }).toMatchObject({
    status: 0,
    schema: 1,
    kind: 'condition',
    archive: 'Test archive',
  });
  expect(ada.read(['report', 'fixity', '--location', 'tapes', ...out]).stdout).toContain(
    '1 audit checked 3 copies: 3 were as recorded (100 %).',
  );
  expect(ada.ask(['log', 'verify'])).toMatchObject({ status: 0, json: { ok: true } });
});

it('what cannot be reported is refused, and nothing is written', () => {
  const report = (...words: readonly string[]) => ada.ask(['report', ...words]);
  for (const words of [
    ['annual', '--year', '2025', '--from', '2025-01-01'],
    ['annual', '--year', 'last'],
    ['annual', '--from', '2026-13-01'],
    ['fixity', '--location', 'Nowhere'],
    ['certificate'],
    ['certificate', 'obj-99'],
    ['certificate', ada.path('tapes', 'none.wav')],
  ])
    expect(report(...words), words.join(' ')).toMatchObject({ status: 2 });
  const refused = ada.read(['report', 'condition', '--pdf', '--out', ada.path('out')], {
    env: { PATH: ada.path('out') },
  });
  expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('Install one') as string });
});

itWith({ tool: 'chromium' }, 'a certificate is printed, and its proof holds elsewhere', () => {
  ada.read(['audit']);
  const done = ada.ask([
    'report',
    'certificate',
    ada.path('tapes', '2.wav'),
    '--pdf',
    '--out',
    ada.path('out'),
  ]);
  expect(done).toMatchObject({ status: 0, json: { kind: 'certificate' } });
  const written = done.json['written'] as { form: string; path: string }[];
  const of = (form: string) => written.find((each) => each.form === form)?.path ?? '';
  expect(readFileSync(of('pdf'), 'latin1')).toContain('/Title (Certificate of fixity)');
  const proof = JSON.parse(readFileSync(of('proof.json'), 'utf8')) as { keys: { publicKey: string }[] };
  writeFileSync(ada.path('key.pem'), proof.keys[0]?.publicKey ?? '');
  const check = ada.read(['log', 'verify', '--proof', of('proof.json'), '--key', ada.path('key.pem')]);
  expect(check).toMatchObject({ status: 0, stdout: expect.stringContaining('The proof holds') as string });
});
