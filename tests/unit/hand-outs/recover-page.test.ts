/** The page for whoever finds a managed location and nothing else. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sectionsAsHtml, sectionsAsText } from '../../../electron/core/hand-outs/sections.ts';
import {
  RECOVER_PAGE_VERSION,
  recoverPages,
  recoverPageVersion,
} from '../../../electron/core/replication/recover-page.ts';

const { text, html } = recoverPages();

it('tells its version in both forms, so that an older one can be known; what is no page of ours has none', () => {
  expect([text, html].map(recoverPageVersion)).toEqual([RECOVER_PAGE_VERSION, RECOVER_PAGE_VERSION]);
  expect(recoverPageVersion('Page 12 of my diary')).toBeUndefined();
});

it('says in the handbook what it says in a location, command for command', () => {
  const handbook = readFileSync(
    new URL('../../../docs/recover-without-holdfast.md', import.meta.url),
    'utf8',
  );
  const commands = text.split('\n').filter((line) => line.startsWith('    ') && /\w/.test(line[4] ?? ''));
  expect(commands.length).toBeGreaterThan(8);
  for (const command of commands) expect(handbook).toContain(`\n${command.trim()}\n`);
});

it('asks nothing of a network and runs nothing', () => {
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(html).not.toMatch(/<script|https?:|<img|<link/);
});

it('shows hostile text as text, in lines that end', () => {
  const hostile = '<script>alert("x")</script>\u202egnp.exe\n\u001b[31m';
  const sections = [
    { title: hostile, body: [hostile, { commands: [hostile] }, { terms: [[hostile, hostile]] as const }] },
  ];
  const page = sectionsAsHtml(hostile, sections);
  expect(page).not.toContain('<script>');
  expect(sectionsAsText(hostile, sections)).not.toMatch(/[\u202e\u001b]/);
  const long = sectionsAsText('T', [{ body: ['word '.repeat(200).trim()] }]);
  expect(Math.max(...long.split('\n').map((line) => line.length))).toBeLessThanOrEqual(96);
});
