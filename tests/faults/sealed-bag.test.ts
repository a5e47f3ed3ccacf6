/** A bag that is sealed may stand in its place already: from then on it is recorded, whatever is asked for meanwhile. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Custodian, expectSound, TERMS } from '../support/custodian.ts';

/** Puts something where the bag belongs, so that the act is interrupted right after it was sealed. */
function obstruct(custodian: Custodian, number: string): string {
  const { id } = JSON.parse(readFileSync(join(custodian.archive, 'archive.json'), 'utf8')) as { id: string };
  const place = join(custodian.vault, id, 'bags', number);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'somebody.txt'), 'not ours');
  return place;
}

function custodian(): Custodian {
  const someone = new Custodian();
  someone.init();
  someone.do('location', 'add', someone.vault, '--name', 'Vault', '--writes', 'managed');
  return someone;
}

describe('given a bag that is sealed and not yet recorded', () => {
  it('when its deposit is cancelled, then it is recorded all the same', () => {
    const someone = custodian();
    const place = obstruct(someone, `${new Date().getUTCFullYear()}-0001`);
    const words = ['accession', someone.tapes('tapes', 3), '--title', 'Tapes', '--to', 'Vault', ...TERMS];
    const stopped = someone.ask(words);
    expect(stopped).toMatchObject({ status: 3, json: { error: { code: 'LOCATION_UNREACHABLE' } } });
    expect(readdirSync(place)).toEqual(['somebody.txt']);
    rmSync(place, { recursive: true });

    expect(someone.ask(['jobs', 'cancel', 'job-1']).json).toMatchObject({ job: { state: 'done' } });
    expect(someone.ask(['status']).json).toMatchObject({ replicas: 3 });
    expect(someone.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 3 } } });
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'manifest-sha256.txt'], { cwd: place });
    expectSound(someone.archive);
  });

  it('when its copy is cancelled, then it is recorded; and until then the accession cannot be let go', () => {
    const someone = custodian();
    someone.do('accession', someone.tapes('tapes', 2), '--title', 'Tapes', ...TERMS);
    const number = `${new Date().getUTCFullYear()}-0001`;
    const place = obstruct(someone, number);
    expect(someone.ask(['replicate', number, '--to', 'Vault']).status).toBe(3);
    rmSync(place, { recursive: true });

    const early = ['deaccession', number, '--reason', 'R', '--authority', 'A'];
    expect(someone.ask(early)).toMatchObject({ json: { error: { code: 'JOB_DIFFERS' } } });
    someone.do('jobs', 'cancel', 'job-2');
    expect(existsSync(place)).toBe(true);
    expect(someone.ask(['status']).json).toMatchObject({ replicas: 4 });
    expect(someone.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 4 } } });
    expectSound(someone.archive);
  });
});

describe('a managed location', () => {
  it('is not made inside a folder whose files are in custody where they stand', () => {
    const someone = custodian();
    const tapes = someone.tapes('tapes', 1);
    someone.do('accession', tapes, '--title', 'Tapes', ...TERMS);
    const inside = join(tapes, 'deep', 'deeper');
    expect(someone.ask(['location', 'add', inside, '--name', 'Deep', '--writes', 'managed'])).toMatchObject({
      status: 2,
      json: { error: { code: 'LOCATIONS_OVERLAP' } },
    });
    expect(readdirSync(tapes)).toEqual(['1.wav']);
  });

  it('takes nothing into custody in place: what stands in it is sealed, or does not belong there', () => {
    const someone = custodian();
    const stray = join(someone.vault, 'stray');
    mkdirSync(stray);
    writeFileSync(join(stray, 'a.wav'), 'a');
    const refused = someone.ask(['accession', stray, '--title', 'Stray', ...TERMS]);
    expect(refused).toMatchObject({ status: 2, json: { error: { code: 'BAD_INPUT' } } });
    expect(someone.ask(['status']).json).toMatchObject({ replicas: 0 });
  });

  it('whose marker is a pipe or a link is told, and holds nobody up', () => {
    const someone = custodian();
    const pipe = someone.path('pipe', '.holdfast');
    mkdirSync(pipe, { recursive: true });
    execFileSync('mkfifo', [join(pipe, 'location.json')]);
    const link = someone.path('link', '.holdfast');
    mkdirSync(link, { recursive: true });
    symlinkSync('/etc/passwd', join(link, 'location.json'));
    for (const name of ['pipe', 'link'])
      expect(
        someone.ask(['location', 'add', someone.path(name), '--name', name, '--writes', 'managed']),
      ).toMatchObject({ status: 2, json: { error: { code: 'BAD_INPUT' } } });
  });
});
