/** Taking in, as an archivist does it at the command line: offers, many deposits at once, receipts, people. */
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { startHoldfast } from '../support/holdfast.ts';

// Each test starts the program many times; other work on the machine must not fail it.
vi.setConfig({ testTimeout: 180_000 });

function batchOf(archivist: Archivist, rows: readonly string[], name = 'deposits.csv'): string {
  const file = archivist.path(name);
  writeFileSync(file, ['paths,title,rightsBasis', ...rows, ''].join('\n'));
  return file;
}

interface Row {
  readonly row: number;
  readonly state: string;
  readonly files: number;
  readonly accession: { readonly number: string };
}

describe('an offer', () => {
  it('is looked at, accepted, received, and receipted', () => {
    const archivist = new Archivist();
    archivist.init();
    const offer = archivist.tapes('offer', 2);
    cpSync(join(offer, '1.wav'), join(offer, 'again.wav'));
    const looked = archivist.ask(['appraise', offer, '--title', 'Miller', '--source', 'A. Miller']);
    expect(looked).toMatchObject({
      status: 0,
      json: { files: 3, duplicates: { files: 1 }, appraisal: 'appraisal-1' },
    });
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 0 });
    expect(archivist.read(['appraise', 'list']).stdout).toContain('surveyed');
    expect(archivist.ask(['appraise', 'accept', 'appraisal-1', '--rights-basis', 'other']).status).toBe(2);
    const accepted = archivist.ask([
      'appraise',
      'accept',
      'appraisal-1',
      '--reason',
      'In scope',
      '--rights-basis',
      'other',
    ]);
    expect(accepted).toMatchObject({ status: 0, json: { files: 3, appraisal: 'appraisal-1' } });

    const receipt = archivist.ask(['receipt', 'acc-1']);
    const [page, text] = (receipt.json.written as { path: string }[]).map(({ path }) =>
      readFileSync(path, 'utf8'),
    );
    expect(page).toContain('A. Miller');
    expect(text).toContain(join(offer, 'again.wav'));
    archivist.ask(['receipt', 'acc-1']);
    expect(readdirSync(join(archivist.archive, 'exports'))).toHaveLength(4);
    expect(archivist.ask(['log', 'verify']).json).toMatchObject({ ok: true });
  });

  it('is declined, and nothing of it is kept', () => {
    const archivist = new Archivist();
    archivist.init();
    archivist.ask(['appraise', archivist.tapes(), '--title', 'T']);
    expect(archivist.ask(['appraise', 'decline', 'appraisal-1']).status).toBe(2);
    expect(archivist.ask(['appraise', 'decline', 'appraisal-1', '--reason', 'No']).status).toBe(0);
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 0, objects: 0 });
    expect(archivist.read(['appraise', 'show', 'appraisal-1']).stdout).toMatch(/declined[\s\S]*No/);
  });
});

describe('a batch', () => {
  it('is begun only when every row is right, or the wrong ones are waived; and goes on when it is run again', () => {
    const archivist = new Archivist();
    archivist.init();
    for (const name of ['a', 'b', 'c']) archivist.tapes(name, 1);
    const file = batchOf(archivist, ['a,A,other', 'b,B,mine', 'c,C,other']);
    const refused = archivist.ask(['accession', '--batch', file]);
    expect(refused).toMatchObject({
      status: 2,
      json: {
        error: { code: 'BAD_INPUT' },
        problems: [{ row: 3, column: 'rightsBasis', value: 'mine' }],
        wrongRows: 1,
      },
    });
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 0 });

    const waived = archivist.ask(['accession', '--batch', file, '--skip-bad']);
    expect(waived.status).toBe(1);
    expect((waived.json.rows as Row[]).map(({ row, state, files }) => [row, state, files])).toEqual([
      [2, 'taken', 1],
      [4, 'taken', 1],
    ]);

    batchOf(archivist, ['a,A,other', 'b,B,license', 'c,C,other']);
    const whole = archivist.ask(['accession', '--batch', file]);
    expect(whole.status).toBe(0);
    expect((whole.json.rows as Row[]).map(({ state }) => state)).toEqual(['held', 'taken', 'held']);
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 3, openJobs: 0 });
  });

  it('killed in the middle is finished by the next run', async () => {
    const archivist = new Archivist();
    archivist.init();
    const names = Array.from({ length: 12 }, (_, n) => `t${String(n)}`);
    for (const name of names) archivist.tapes(name, 40);
    const file = batchOf(
      archivist,
      names.map((name) => `${name},${name},other`),
    );
    const child = startHoldfast(['accession', '--batch', file, '--archive', archivist.archive]);
    const exited = once(child, 'exit');
    await Promise.race([delay(700), exited]);
    child.kill('SIGKILL');
    await exited;
    const again = archivist.ask(['accession', '--batch', file]);
    expect(again.status).toBe(0);
    expect((again.json.rows as Row[]).map(({ accession }) => accession.number)).toHaveLength(12);
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 480, openJobs: 0 });
    expect(archivist.ask(['log', 'verify']).json).toMatchObject({ ok: true });
  });

  it('with a row that contradicts what stands recorded takes the others', () => {
    const archivist = new Archivist();
    archivist.keep(archivist.tapes('a', 1));
    archivist.tapes('b', 1);
    const file = batchOf(archivist, ['a,Another title,other', 'b,B,other']);
    const { status, json } = archivist.ask(['accession', '--batch', file]);
    expect(status).toBe(3);
    expect(json.rows).toMatchObject([
      { state: 'failed', error: { code: 'JOB_DIFFERS' } },
      { state: 'taken' },
    ]);
  });

  it('that is no table, or contradicts itself, is refused whole, and nothing is done', () => {
    const archivist = new Archivist();
    archivist.init();
    archivist.tapes('a', 1);
    mkdirSync(archivist.path('a/in'));
    const bad: readonly (readonly [content: string, message: RegExp])[] = [
      ['paths,title,rigthsBasis\na,A,other\n', /No column is called so/],
      ['paths,title,rightsBasis,title\na,A,other,B\n', /twice/],
      ['paths,title,rightsBasis\na,"A,other\nb,B,other\n', /never closed/],
      ['paths,title,rightsBasis\na,A\0,other\n', /NUL/],
      ['', /first row is empty/],
      ['paths,title,rightsBasis\n', /no row/],
      ['paths,title,rightsBasis\na,A,other\n./a/,B,other\n', /Row 2 names this folder too/],
      ['paths,title,rightsBasis\na/in,A,other\na,B,other\n', /one inside the other/],
    ];
    const file = archivist.path('bad.csv');
    for (const [content, message] of bad) {
      writeFileSync(file, content);
      const { status, stdout, stderr } = archivist.read(['accession', '--batch', file]);
      expect([status, stdout + stderr]).toEqual([2, expect.stringMatching(message)]);
    }
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 0, openJobs: 0 });
  });

  it('is read in the encoding that it has', () => {
    const archivist = new Archivist();
    archivist.init();
    archivist.tapes('Töne', 1);
    const text = 'paths\ttitle\trightsBasis\r\nTöne\t=SUM(A1)\tother\r\n';
    const forms: [string, Buffer][] = [
      ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
      ['utf-8', Buffer.from(`\ufeff${text}`)],
      ['windows-1252', Buffer.from(text, 'latin1')],
    ];
    for (const [encoding, bytes] of forms) {
      const file = archivist.path(`${encoding}.csv`);
      writeFileSync(file, bytes);
      const { status, json } = archivist.ask(['accession', '--batch', file]);
      expect(status).toBe(0);
      expect(json.rows).toMatchObject([{ title: '=SUM(A1)' }]);
    }
    expect(
      archivist.ask(['accession', '--batch', archivist.path('utf-8.csv'), '--encoding', 'klingon']).status,
    ).toBe(2);
  });

  it('of a thousand rows tells all three that are wrong, and begins none', () => {
    const archivist = new Archivist();
    archivist.init();
    mkdirSync(archivist.path('many'));
    const rows = Array.from({ length: 1000 }, (_, n) => {
      if (n !== 500) mkdirSync(archivist.path('many', String(n)));
      return `many/${String(n)},Tape ${String(n)},${n === 11 || n === 999 ? 'mine' : 'other'}`;
    });
    const { status, json } = archivist.ask(['accession', '--batch', batchOf(archivist, rows)]);
    expect(status).toBe(2);
    expect(json).toMatchObject({ wrongRows: 3, total: 1000 });
    expect((json.problems as Row[]).map(({ row }) => row)).toEqual([13, 502, 1001]);
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 0 });
  });
});

describe('a template', () => {
  it('says what an accession does not', () => {
    const archivist = new Archivist();
    archivist.init();
    const tapes = archivist.tapes();
    archivist.ask([
      'template',
      'save',
      'radio',
      '--rights-basis',
      'licence',
      '--source',
      'Radio Bern',
      '--collection',
      'Radio',
    ]);
    const taken = archivist.ask([
      'accession',
      tapes,
      '--title',
      'T',
      '--template',
      'radio',
      '--acquired',
      'Gift',
    ]);
    expect(taken).toMatchObject({ status: 0, json: { gaps: [] } });
    expect(archivist.ask(['show', 'acc-1']).json.entity).toMatchObject({
      facts: { rightsBasis: 'license', source: 'Radio Bern', collection: 'Radio', acquired: 'Gift' },
    });
    expect(archivist.ask(['accession', tapes, '--title', 'T', '--template', 'film'])).toMatchObject({
      status: 2,
      json: { error: { code: 'NOT_FOUND' } },
    });
    expect(archivist.ask(['template', 'list']).json.rows).toMatchObject([{ name: 'radio' }]);
    expect(archivist.ask(['template', 'remove', 'radio']).status).toBe(0);
    expect(archivist.ask(['template', 'list']).json.rows).toEqual([]);
  });
});

describe('people', () => {
  it('are named, answer for what is kept, and are forgotten at their word', () => {
    const archivist = new Archivist();
    archivist.keep(archivist.tapes());
    archivist.ask(['agent', 'add', 'Zoe Quill', '--contact', 'zoe@quill.example']);
    archivist.ask([
      'agent',
      'assign',
      'Zoe Quill',
      '--role',
      'responsible',
      '--of',
      'archive',
      '--since',
      '2020',
    ]);
    expect(archivist.read(['status']).stdout).toMatch(/Nobody is named to take over from Zoe Quill/);
    expect(archivist.read(['show', 'acc-1']).stdout).toMatch(/Responsible +Zoe Quill/);
    expect(archivist.ask(['status']).status).toBe(0);

    const told = archivist.ask(['agent', 'forget', 'Zoe Quill']);
    expect(told.json).toMatchObject({ dryRun: true, eventsErased: 2 });
    expect(archivist.ask(['agent', 'show', 'Zoe Quill']).status).toBe(0);
    expect(archivist.ask(['agent', 'forget', 'Zoe Quill', '--yes']).status).toBe(0);
    expect(archivist.ask(['agent', 'show', 'Zoe Quill']).status).toBe(2);
    expect(archivist.read(['agent', 'list']).stdout).toContain('forgotten agent');
    expect(archivist.ask(['log', 'verify']).json).toMatchObject({ ok: true });
    for (const file of readdirSync(archivist.archive).filter((name) => name.startsWith('catalogue.sqlite')))
      expect(readFileSync(join(archivist.archive, file)).includes('Zoe Quill')).toBe(false);
  });
});
