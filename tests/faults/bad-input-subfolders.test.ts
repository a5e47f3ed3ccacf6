/** Accessions of a part of a place, and of places that lie in each other: every file has one path, whoever asks. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { itWith } from '../support/skips.ts';
import { mountVolume, theRightToMount } from '../support/volumes.ts';

describe('given a location that was named beforehand', () => {
  it('when a folder in it is taken into custody, then rescan, audit and show find its files where they are', () => {
    const archivist = new Archivist();
    archivist.init();
    const shelf = archivist.tapes('shelf');
    const box = archivist.tapes('shelf/box', 2);
    expect(archivist.ask(['location', 'add', shelf, '--name', 'Shelf']).status).toBe(0);
    expect(archivist.ask(archivist.accession(box))).toMatchObject({ status: 0, json: { files: 2 } });

    expect(archivist.ask(archivist.accession(box)).json).toMatchObject({ files: 0, alreadyHeld: 2 });
    expect(archivist.ask(['rescan']).json.outcomes).toMatchObject({ unchanged: 2, untracked: 3, gone: 0 });
    expect(archivist.ask(['audit']).json.outcomes).toMatchObject({ intact: 2, missing: 0 });
    const shown = archivist.ask(['show', join(box, '1.wav')]);
    expect(shown.json.replicas).toMatchObject([{ path: join(box, '1.wav'), outcome: 'intact' }]);
    // The whole of it afterwards: what is held is met by the same path.
    expect(archivist.ask(archivist.accession(shelf)).json).toMatchObject({ files: 3, alreadyHeld: 2 });
  });
});

describe('given a volume that is mounted inside a folder', () => {
  itWith(theRightToMount, 'it is a place of its own, and taken away it is not checked, never missing', () => {
    const archivist = new Archivist();
    archivist.init();
    const shelf = archivist.tapes('shelf');
    const disk = mountVolume(join(shelf, 'disk'), '4m');
    archivist.tapes('shelf/disk', 4);

    const outer = archivist.ask(archivist.accession(shelf));
    expect(outer).toMatchObject({
      status: 1,
      json: { files: 3, problems: [{ path: disk.at, code: 'on_other_volume' }] },
    });
    const [told] = outer.json.problems as { message: string }[];
    expect(told?.message).toMatch(
      /was not entered\. If it belongs to this accession, name its path as well\.$/,
    );

    const both = ['accession', shelf, disk.at, '--title', 'Both', '--rights-basis', 'other'];
    expect(archivist.ask(both)).toMatchObject({
      status: 0,
      json: { files: 4, alreadyHeld: 3, problems: [] },
    });
    expect(archivist.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 7 } } });

    disk.unmount();
    const audit = archivist.ask(['audit']);
    expect(audit).toMatchObject({
      status: 1,
      json: {
        outcomes: { intact: 3, not_checked: 4, missing: 0 },
        findings: [],
        unreachable: [{ name: 'disk' }],
      },
    });
    expect(archivist.ask(['rescan']).json.outcomes).toMatchObject({ unchanged: 3, not_checked: 4, gone: 0 });
    // The empty mount point is not taken for the disk, nor for a part of what is around it.
    expect(archivist.ask(archivist.accession(disk.at))).toMatchObject({
      status: 3,
      json: { error: { code: 'LOCATION_UNREACHABLE' } },
    });
  });
});
