/** Folders that cannot be worked on: nothing is done, exit 2, and the sentence says what to do. */
import { chmodSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Archivist } from '../support/archivist.ts';

/** Every command that takes a folder says the same of it. */
function toldBy(archivist: Archivist, folder: string): [string, string] {
  const taken = archivist.ask(archivist.accession(folder));
  const surveyed = archivist.ask(['survey', folder]);
  expect(surveyed.json).toEqual(taken.json);
  expect([taken.status, surveyed.status]).toEqual([2, 2]);
  const { code, message } = taken.json.error as { code: string; message: string };
  expect(message).not.toMatch(/\n| at .*:\d+/);
  expect(archivist.ask(['jobs', 'list']).json.rows).toEqual([]);
  return [code, message];
}

describe('given a folder that cannot be worked on, the archivist reads what it is and what to do', () => {
  it('when it does not exist', () => {
    const archivist = new Archivist();
    archivist.init();
    const [code, message] = toldBy(archivist, archivist.path('nowhere'));
    expect(code).toBe('FOLDER_NOT_FOUND');
    expect(message).toBe(
      `There is no folder at ${archivist.path('nowhere')}. Check its spelling, and that its disk is connected.`,
    );
  });

  it('when it is a file, or a file stands in its path', () => {
    const archivist = new Archivist();
    archivist.init();
    const file = archivist.path('reel.wav');
    writeFileSync(file, 'RIFF');
    expect(toldBy(archivist, file)).toEqual([
      'NOT_A_FOLDER',
      `${file} is not a folder. Name the folder that holds it.`,
    ]);
    expect(toldBy(archivist, `${file}/side a`)[0]).toBe('NOT_A_FOLDER');
  });

  it('when it is a link that leads in a circle', () => {
    const archivist = new Archivist();
    archivist.init();
    symlinkSync('circle', archivist.path('circle'));
    expect(toldBy(archivist, archivist.path('circle'))[1]).toMatch(
      /leads in a circle\. Name the folder itself\.$/,
    );
  });

  it('when its path is longer than the system takes', () => {
    const archivist = new Archivist();
    archivist.init();
    const [code, message] = toldBy(archivist, `${archivist.tapes()}/${'x'.repeat(300)}`);
    expect(code).toBe('FOLDER_UNREADABLE');
    expect(message).toMatch(/longer than this system can open\. Shorten it/);
  });

  it('when this user may not list it', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    archivist.giveToNobody(archivist.dir);
    chmodSync(tapes, 0);
    const asNobody = { asNobody: true };
    expect(archivist.ask(['init', archivist.archive], asNobody).status).toBe(0);
    const taken = archivist.ask(archivist.accession(tapes), asNobody);
    expect(taken.status).toBe(2);
    expect(taken.json.error).toMatchObject({
      code: 'FOLDER_UNREADABLE',
      message: `The folder ${tapes} may not be read (EACCES). Give this user permission to list it, then try again.`,
    });
  });

  it('when it is named twice, or lies in another one that is named', () => {
    const archivist = new Archivist();
    archivist.init();
    const outer = archivist.tapes('outer');
    const inner = archivist.tapes('outer/inner');
    const twice = archivist.ask(archivist.accession(outer, outer));
    expect([twice.status, twice.json.error]).toMatchObject([
      2,
      { message: `${outer} is named twice. Name it once.` },
    ]);
    const both = archivist.ask(archivist.accession(outer, inner));
    expect([both.status, both.json.error]).toMatchObject([2, { code: 'LOCATIONS_OVERLAP' }]);
  });

  it('when the path is empty, or base64 of no path', () => {
    const archivist = new Archivist();
    archivist.init();
    for (const words of [[''], ['--path-base64', '%%'], ['--path-base64', '']]) {
      const { status, json } = archivist.ask(['survey', ...words]);
      expect([status, json.error]).toMatchObject([2, { code: 'BAD_INPUT' }]);
    }
  });

  it('and start makes no archive for a folder that is not there', () => {
    const archivist = new Archivist();
    const started = archivist.read(['start', archivist.path('nowhere')]);
    expect(started).toMatchObject({ status: 2, stdout: '' });
    expect(started.stderr).toMatch(/^There is no folder at .*\n$/);
    expect(existsSync(archivist.archive)).toBe(false);
  });
});

describe('given an act with folders of which one is bad', () => {
  it('when it is started, then nothing of the others is taken either', () => {
    const archivist = new Archivist();
    archivist.init();
    const { status } = archivist.ask(archivist.accession(archivist.tapes(), archivist.path('nowhere')));
    expect(status).toBe(2);
    expect(archivist.ask(['status']).json).toMatchObject({ replicas: 0, openJobs: 0 });
  });
});
