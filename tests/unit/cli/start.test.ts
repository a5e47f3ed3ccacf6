import { describe, expect, it } from 'vitest';
import type { NewAccession } from '../../../shared/contract/accession.ts';
import { emptyStatus, fakeHost, jobOf, jobsOf, progress } from './support/fake-host.ts';
import { fakeIo, run, type FakeIo } from './support/fake-io.ts';

const recorded = {
  id: 'acc-1',
  number: '2026-001',
  title: 'Miller tapes',
  mode: 'in-place',
  rightsBasis: 'statute',
  rightsNote: 'Legal deposit',
  agent: 'tester',
  openedAt: '2026-11-03T10:00:00Z',
  roots: [{ location: 'loc-1', path: { display: '' } }],
  accruals: [],
};

/** Runs `start` against a host that answers everything; returns what it was asked to take into custody. */
async function start(
  words: string[],
  options: { io?: FakeIo; earlier?: boolean } = {},
): Promise<{ input: NewAccession; stderr: string; code: number }> {
  const inputs: NewAccession[] = [];
  const done = jobOf({
    progress: { ...progress, problems: 0 },
    result: {
      accession: { id: 'acc-1', number: '2026-001', accrual: 0 },
      ...{
        files: 1,
        objects: 1,
        bytes: 1,
        items: 1,
        alreadyHeld: 0,
        refused: [],
        problems: [],
        problemsTotal: 0,
      },
      ...{ leftOut: 0, gaps: [], run: { id: 'run-1', complete: true }, planned: 1, outcomes: { intact: 1 } },
      ...{ findings: [], findingsTotal: 0, bytesRead: 1, unreachable: [] },
    },
  });
  const location = { id: 'loc-1', root: { display: '/tapes' } };
  const earlier = options.earlier === true;
  const host = fakeHost({
    accession: {
      start: (input: NewAccession) => {
        inputs.push(input);
        return done;
      },
      get: () => recorded,
      list: () => ({ rows: earlier ? [recorded] : [], next: null }),
    },
    locations: { list: () => ({ rows: earlier ? [location] : [], next: null }) },
    fixity: { audit: () => done },
    archive: { status: () => emptyStatus },
    jobs: jobsOf(done),
  });
  const { code, stderr } = await run(['start', ...words], {
    host,
    ...(options.io === undefined ? {} : { io: options.io }),
  });
  const [input] = inputs;
  if (input === undefined) throw new Error(`nothing was taken into custody: ${stderr}`);
  return { input, stderr, code };
}

describe('start with a folder', () => {
  it('takes the rights that were given', async () => {
    const { input, code } = await start(['/tapes', '--rights-basis', 'licence', '--source', 'A. Miller']);
    expect(code).toBe(0);
    expect(input).toMatchObject({ title: 'tapes', rightsBasis: 'license', source: 'A. Miller' });
  });

  it('without a terminal records a gap, and says so', async () => {
    const { input, stderr } = await start(['/tapes']);
    expect(input.rightsBasis).toBe('unknown');
    expect(stderr).toMatch(/recorded as a gap, which blocks sharing.*--rights-basis copyright\|license/);
  });

  it('on a terminal asks plainly, and again where the answer is none of the choices', async () => {
    const answers = ['mine', 'Other', 'Deed of gift', 'A. Miller', ''];
    const asked: string[] = [];
    const io = fakeIo({
      inIsTerminal: true,
      errIsTerminal: true,
      ask: (question) => {
        asked.push(question);
        return Promise.resolve(answers.shift() ?? '');
      },
    });
    const { input } = await start(['/tapes'], { io });
    expect(asked).toHaveLength(5);
    expect(input).toMatchObject({ rightsBasis: 'other', rightsNote: 'Deed of gift', source: 'A. Miller' });
    expect(input).not.toHaveProperty('acquired');
  });

  it('again asks nothing and takes what stands recorded', async () => {
    const io = fakeIo({ inIsTerminal: true, errIsTerminal: true });
    const { input } = await start(['/tapes'], { io, earlier: true });
    expect(input).toMatchObject({
      title: 'Miller tapes',
      rightsBasis: 'statute',
      rightsNote: 'Legal deposit',
    });
  });
});
