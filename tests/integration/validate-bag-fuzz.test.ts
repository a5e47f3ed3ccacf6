/** Whatever happens to a bag, the validator answers; and a payload or manifest byte that changed is always found. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, TestBag } from '../support/bags.ts';
import { longOnly } from '../support/skips.ts';
import { sharedFolder } from '../support/temp.ts';

const folder = sharedFolder();
const whole = new TestBag(
  {
    algorithms: ['sha256', 'sha512'],
    payload: { 'a.wav': 'RIFF one', 'b 100.wav': 'RIFF two', 'side/é.wav': 'three', 'side/empty': '' },
    files: { 'fetch.txt': 'https://example.org/a 8 data/a.wav\n' },
    info: 'Contact-Name: Ada\nExternal-Description: long\n and folded\nPayload-Oxum: 21.4\n',
  },
  join(folder, 'whole'),
);
const files = readdirSync(whole.dir, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(whole.dir.length + 1))
  .sort();

const fragments = [
  '\r',
  '\n',
  '\0',
  '%0A',
  '%25',
  '\\',
  '*',
  '../',
  '~',
  'data/',
  ' ',
  '\t',
  ':',
  '\ufeff',
  '\xff',
  'Payload-Oxum: 1.1\n',
  'manifest-sha256.txt',
  '-',
  '9'.repeat(30),
  'x'.repeat(70_000),
];

/** Where, as a share of the file; what is taken out; what is put in. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  out: fc.nat({ max: 3 }),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(...fragments).map((text) => Buffer.from(text, text === '\xff' ? 'latin1' : 'utf8')),
  ),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(content: Buffer, { at, out, put }: Change): Buffer {
  const from = Math.floor(at * content.length);
  return Buffer.concat([content.subarray(0, from), put, content.subarray(from + out)]);
}

let run = 0;

async function withBag<T>(act: (dir: string) => Promise<T>): Promise<T> {
  const dir = join(folder, String((run += 1)));
  cpSync(whole.dir, dir, { recursive: true });
  try {
    return await act(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function oneChange(numRuns: number): Promise<void> {
  const property = fc.asyncProperty(
    fc.constantFrom(...files),
    fc.array(change, { minLength: 1, maxLength: 4 }),
    (file, changes) =>
      withBag(async (dir) => {
        const before = readFileSync(join(dir, file));
        const after = changes.reduce(changed, before);
        writeFileSync(join(dir, file), after);
        const { verdict, findings } = await judge(dir);
        if (after.equals(before)) expect([verdict, findings]).toEqual(['valid', []]);
        // A tag manifest may be written in several ways; whatever it lists may not.
        else if (!file.startsWith('tagmanifest-')) expect(verdict).toBe('invalid');
      }),
  );
  return fc.assert(property, { numRuns });
}

/** Everything at once, tag manifests gone or not: nothing is expected but an answer. */
function anyChaos(numRuns: number): Promise<void> {
  const acts = fc.array(fc.tuple(fc.constantFrom(...files), fc.option(change)), {
    minLength: 1,
    maxLength: 8,
  });
  const property = fc.asyncProperty(acts, fc.boolean(), (all, unsealed) =>
    withBag(async (dir) => {
      if (unsealed) for (const name of ['sha256', 'sha512']) rmSync(join(dir, `tagmanifest-${name}.txt`));
      for (const [file, how] of all) {
        if (how === null) rmSync(join(dir, file), { force: true });
        else if (readdirSync(dir).includes(file) || file.startsWith('data/'))
          writeFileSync(join(dir, file), changed(readFileSync(join(whole.dir, file)), how));
      }
      const report = await judge(dir);
      expect(report.findings.length).toBeLessThanOrEqual(10_000);
      if (report.verdict === 'valid') expect(report.payloadVerified).toBe(report.payloadFiles);
    }),
  );
  return fc.assert(property, { numRuns });
}

describe('a bag that was valid', () => {
  it('is what the changes start from', async () => {
    expect(await judge(whole.dir)).toMatchObject({ verdict: 'valid', findings: [], payloadVerified: 4 });
  });

  it('is not, once any byte of it but a tag manifest changed', () => oneChange(250), 120_000);
  it('is judged whatever becomes of it', () => anyChaos(150), 120_000);
  longOnly('is not, whichever byte changed', () => oneChange(3000));
  longOnly('is judged, whatever becomes of it', () => anyChaos(3000));
});
