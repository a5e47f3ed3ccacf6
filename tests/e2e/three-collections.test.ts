/**
 * What somebody who has read only the README does with three collections: a box of digitised tapes with scans and a donor's
 * letter, a shelf of ripped CDs with cue sheets and logs, and field recordings without a single tag.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fixturePath } from '../fixtures/index.ts';
import { Archivist } from '../support/archivist.ts';
import { expectSound } from '../support/custodian.ts';

const TAPES = 40;
const LIMIT_MS = 240_000;
const sound = readFileSync(fixturePath('wav-pcm16.wav'));
const untagged = (text: string): Buffer => Buffer.concat([sound, Buffer.from(text)]);
const two = (n: number): string => String(n).padStart(2, '0');

function boxOfTapes(ada: Archivist): string {
  const box = ada.path('box');
  mkdirSync(box);
  for (let n = 1; n <= TAPES; n += 1) {
    writeFileSync(join(box, `T${two(n)}_pm.wav`), untagged(`master ${n}`));
    writeFileSync(join(box, `T${two(n)}_am.wav`), untagged(`access ${n}`));
    writeFileSync(join(box, `T${two(n)}_label.jpg`), `\xff\xd8\xff scan ${n}`, 'latin1');
  }
  cpSync(fixturePath('beside/booklet.pdf'), join(box, 'Letter of Jarmila Svobodova.pdf'));
  return box;
}

function shelfOfDiscs(ada: Archivist): string {
  const shelf = ada.path('shelf');
  for (const [n, title] of ['Ukol\xe9bavka', 'Furiant'].entries()) {
    const disc = join(shelf, `Disc ${n + 1}`);
    mkdirSync(disc, { recursive: true });
    writeFileSync(
      join(disc, 'rip.flac'),
      Buffer.concat([readFileSync(fixturePath('flac-no-md5.flac')), Buffer.from(`${n}`)]),
    );
    const cue = `FILE "rip.wav" WAVE\r\nTRACK 01 AUDIO\r\nTITLE "${title}"\r\nISRC GBAYE570000${n + 1}\r\nINDEX 01 00:00:00\r\n`;
    writeFileSync(join(disc, 'rip.cue'), Buffer.from(cue, 'latin1'));
    writeFileSync(join(disc, 'rip.log'), `Exact Audio Copy, disc ${n + 1}\r\n`);
  }
  return shelf;
}

function fieldRecordings(ada: Archivist): string {
  const field = ada.path('field');
  mkdirSync(join(field, 'ZOOM'), { recursive: true });
  for (let n = 1; n <= 5; n += 1)
    writeFileSync(join(field, 'ZOOM', `ZOOM000${n}.WAV`), untagged(`birds ${n}`));
  return field;
}

const QUERIES = [
  ['the title of a tape', 'reel lullabies'],
  ['a word with its accents left out', 'moravske'],
  ['who sang', 'Zagorova'],
  ['a shelf mark', 'MZM-T-17'],
  ['a track of a disc', 'ukolebavka'],
  ['an ISRC', 'GB-AYE-57-00002'],
  ['the name of a file', 'ZOOM0003'],
  ['a place in a note', 'Pálava'],
  ['the donor', 'Svobodova'],
  ['the title of the accession', 'dawn chorus'],
  ['its collection', 'Ethnography'],
] as const;

function found(ada: Archivist): Record<string, string[]> {
  return Object.fromEntries(
    QUERIES.map(([what, words]) => {
      const { rows } = ada.ask(['search', words]).json as { rows: { title: string; sha256: string }[] };
      expect(rows.length, `${what}: ${words}`).toBeGreaterThan(0);
      return [what, rows.map(({ title, sha256 }) => `${title} ${sha256}`).sort()];
    }),
  );
}

it(
  'takes three collections in, describes them, deposits them twice, and has them again when the archive is gone',
  () => {
    const ada = new Archivist();
    const done = (words: readonly string[]): Record<string, unknown> => {
      const answer = ada.ask(words);
      expect(answer.status, `${words.join(' ')}: ${JSON.stringify(answer.json).slice(0, 500)}`).toBe(0);
      return answer.json;
    };
    ada.init();
    for (const place of ['Vault', 'Attic'])
      done(['location', 'add', ada.path(place), '--name', place, '--writes', 'managed', '--group', place]);
    const terms = ['--rights-basis', 'other', '--acquired', 'Donated 2024-05-02'];
    const take = (folder: string, title: string, more: readonly string[]): void => {
      done(['accession', folder, '--title', title, '--to', 'Vault', ...terms, ...more]);
    };
    take(boxOfTapes(ada), 'Tapes', ['--source', 'Jarmila Svobodová', '--collection', 'Ethnography/Moravia']);
    take(shelfOfDiscs(ada), 'CDs', ['--source', 'Purchase', '--collection', 'Discs']);
    take(fieldRecordings(ada), 'Dawn chorus', ['--source', 'A. Novak', '--collection', 'Nature']);

    const rule = '{item}_{role:pm=preservation master,am=access copy,label=documentation}.{ext}';
    const preview = ada.ask(['item', 'regroup', 'acc-1', '--rule', rule, '--dry-run']).json;
    expect(preview).toMatchObject({ itemsTotal: TAPES, unmatchedTotal: 1, relations: TAPES * 2 });
    expect(ada.ask(['item', 'regroup', 'acc-1', '--rule', rule]).json).toMatchObject({ applied: true });

    const table = ada.path('titles.csv');
    done(['describe', '--export', table, '--accession', 'acc-1']);
    const lines = readFileSync(table, 'utf8').split('\r\n');
    expect(lines.length).toBeGreaterThan(TAPES);
    const rows = (done(['item', 'list', '--accession', 'acc-1'])['rows'] as { id: string; title: string }[])
      .filter(({ title }) => /^T\d\d$/.test(title))
      .map(({ id, title }) => {
        const n = Number(title.slice(1));
        return `${id};Reel ${n}: lullabies;Moravské písně ${n};Hana Zagorová (singer);1957-0${(n % 9) + 1}~;MZM-T-${n}`;
      });
    expect(rows).toHaveLength(TAPES);
    writeFileSync(
      table,
      ['id;title;alternative-title;contributor;date;shelf-mark', ...rows, ''].join('\r\n'),
    );
    done(['describe', '--csv', table, '--dry-run']);
    done(['describe', '--csv', table]);
    const [zoom] = done(['item', 'list', '--accession', 'acc-3'])['rows'] as { id: string }[];
    done(['describe', zoom?.id ?? '', '--set', 'recording-note=Dawn at Pálava, wind from the east']);

    done(['replicate', '--all', '--to', 'Attic']);
    const files = TAPES * 3 + 1 + 6 + 5;
    expect(done(['audit'])).toMatchObject({ outcomes: { intact: files * 2 } });
    expect(done(['status'])).toMatchObject({ replicas: files * 2, catalogueHasCopy: true });
    const before = found(ada);

    rmSync(ada.archive, { recursive: true });
    done(['rebuild', ada.archive, '--from', ada.path('Vault'), ada.path('Attic')]);
    expect(found(ada)).toEqual(before);
    expectSound(ada.archive);
    expect(done(['log', 'verify'])).toMatchObject({ ok: true });
    expect(done(['audit'])).toMatchObject({ outcomes: { intact: files * 2 } });
    expect(readdirSync(ada.path('box'))).toHaveLength(TAPES * 3 + 1);
  },
  LIMIT_MS,
);
