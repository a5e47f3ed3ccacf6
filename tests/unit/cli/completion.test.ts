import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { itWith } from '../../support/skips.ts';
import { run } from './support/fake-io.ts';

const script = async (shell: string): Promise<string> => (await run(['completion', shell])).stdout;

/** What bash would offer for the words typed so far. */
async function offers(...words: string[]): Promise<string[]> {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(holdfast ${typed}); COMP_CWORD=${words.length}; _holdfast; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${await script('bash')}\n${ask}`], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion for bash', () => {
  itWith({ tool: 'bash' }, 'is valid bash', async () => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: await script('bash'), encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  itWith({ tool: 'bash' }, 'offers commands, subcommands, options, choices and files', async () => {
    expect(await offers('au')).toEqual(['audit']);
    expect(await offers('--archive', '/tmp', 'location', '')).toEqual([
      'add',
      'list',
      'show',
      'check',
      'relink',
      'set',
      'shelve',
      'unshelve',
      'check-out',
      'check-in',
      'recall',
      'loans',
      'attest',
      'help',
    ]);
    expect(await offers('jobs', 'list', '--n')).toEqual(['--ndjson']);
    expect(await offers('accession', '--rights-basis', 'l')).toEqual(['license']);
    expect(await offers('survey', 'packag')).toEqual(['package-lock.json', 'package.json']);
    expect(await offers('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });
});

describe('completion for the others', () => {
  it('names every command for zsh and fish', async () => {
    const [zsh, fish] = [await script('zsh'), await script('fish')];
    for (const path of ['accession', 'location_add', 'jobs_show', 'log_verify'])
      expect(zsh).toContain(`_holdfast_${path}()`);
    for (const path of ['accession', 'location add', 'jobs show', 'log verify'])
      expect(fish).toContain(`'__holdfast_path \\'${path}\\''`);
  });
});
