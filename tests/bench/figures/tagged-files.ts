import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expectAccession, type BenchContext, type Figure } from '../context.ts';
import { alternate, findProgram, type Contender } from '../measure.ts';
import { commandLines, costNote, notMeasured, ratioRow, type FigureResult } from '../report.ts';

const FILES = 4_000;
const PEERS = {
  mediainfo: { name: 'accession of MP3s: tags', limit: 0.55, make: mediainfo },
  beet: { name: 'accession of MP3s: library', limit: 0.2, make: beet },
} as const;

/** Small MP3s with ID3v2 tags: digests, tags, catalogue and full-text index against those who do a part of it. */
export const taggedFiles: Figure = {
  name: 'tagged-files',
  about: '4,000 MP3s of 64 KB with ID3v2 tags: accession against mediainfo, and against beet import -A',
  async measure(context: BenchContext): Promise<FigureResult> {
    const dir = context.collection('tagged', { files: FILES, bytesPerFile: 64 << 10, kind: 'mp3' });
    const archive = context.path('tagged-archive');
    const contenders: Record<string, Contender> = {
      ours: {
        prepare: async () => {
          await context.freshArchive('tagged-archive');
          context.warm(dir);
        },
        command: context.accession(dir, archive),
        check: expectAccession(FILES),
      },
    };
    for (const [peer, { make }] of Object.entries(PEERS)) {
      const program = findProgram(peer);
      if (program !== undefined) contenders[peer] = make(context, program, dir);
    }
    const samples = await alternate(contenders, context.quick ? 3 : 7);
    const rows = Object.entries(PEERS).map(([peer, { name, limit }]) =>
      peer in contenders
        ? ratioRow(name, samples['ours'], { name: peer, sample: samples[peer] }, limit)
        : notMeasured(name, limit, 'ratio', `${peer} is not installed`),
    );
    context.remove(dir);
    return {
      rows,
      commands: commandLines(Object.values(contenders).map(({ command }) => command)),
      notes: Object.entries(samples).map(([name, sample]) =>
        costNote(name === 'ours' ? 'accession' : name, sample),
      ),
    };
  },
};

function mediainfo(context: BenchContext, program: string, dir: string): Contender {
  return {
    prepare: () => {
      context.warm(dir);
    },
    command: { argv: [program, '--Output=JSON', dir], stdout: context.path('mediainfo.json') },
    check({ stdout }) {
      const found = stdout.split('"@ref"').length - 1;
      if (found !== FILES) throw new Error(`mediainfo reported ${found} files of ${FILES}`);
    },
  };
}

/** With a configuration and a library of its own, so that nothing of the person who runs this is read or touched. */
function beet(context: BenchContext, program: string, dir: string): Contender {
  const config = context.path('beet.yaml');
  const library = context.path('beet.db');
  writeFileSync(config, `directory: ${context.path('beet-music')}\nlibrary: ${library}\n`);
  return {
    prepare: () => {
      context.remove(library);
      context.warm(dir);
    },
    command: {
      argv: [program, '-c', config, 'import', '-A', '-q', '-C', dir],
      env: { BEETSDIR: context.path('beet-home') },
      stdout: context.path('beet.txt'),
    },
    check() {
      const db = new Database(library, { readonly: true });
      const found = db.prepare('SELECT count(*) FROM items').pluck().get();
      db.close();
      if (found !== FILES) throw new Error(`beet imported ${String(found)} files of ${FILES}`);
    },
  };
}
