/** What `start` knows or asks about a folder: under which rights, from whom, how acquired. */
import { basename } from 'node:path';
import type { Accession, NewAccession } from '../../shared/contract/accession.ts';
import type { PathValue } from '../../shared/contract/common.ts';
import {
  parseRightsBasis,
  RIGHTS_BASES,
  RIGHTS_UNKNOWN,
  type RightsBasisOrGap,
} from '../../shared/domain/rights.ts';
import type { Invocation } from './command.ts';
import { provenance, rightsOf } from './commands/accession.ts';
import { clean } from './format/text.ts';
import type { Client } from './host-port.ts';

type Rights = Pick<NewAccession, 'rightsBasis' | 'rightsNote' | 'source' | 'acquired' | 'agreement'>;

/** The accession of exactly this folder, so that running `start` again asks nothing and contradicts nothing. */
export async function earlierAccession(client: Client, folder: PathValue): Promise<Accession | undefined> {
  const { rows: locations } = await client.locations.list();
  const rootOf = new Map(locations.map(({ id, root }) => [id, root.display]));
  const isFolder = (root: Accession['roots'][number]): boolean => {
    const below = root.path.display;
    const full = below.startsWith('/') ? below : join(rootOf.get(root.location) ?? '', below);
    return full === folder.display;
  };
  let cursor: string | undefined;
  do {
    const page = await client.accession.list({ limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
    const found = page.rows.find(
      ({ roots, deaccession }) => deaccession === undefined && roots.length === 1 && roots.every(isFolder),
    );
    if (found !== undefined) return found;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return undefined;
}

function join(root: string, below: string): string {
  return below === '' ? root : `${root.replace(/\/$/, '')}/${below}`;
}

/** As given; else as recorded; else as answered on a terminal; else a gap, which is said. */
export async function rightsFor(
  invocation: Invocation,
  folder: PathValue,
  earlier: Accession | undefined,
): Promise<Rights> {
  const { options, output, io } = invocation;
  const basis = rightsOf(options);
  const note = options.text('rightsNote') ?? '';
  const said = provenance(options);
  if (basis !== undefined) return { rightsBasis: basis, rightsNote: note, ...said };
  if (earlier !== undefined) {
    const { rightsBasis, rightsNote, source, acquired } = earlier;
    const recorded = {
      ...(source === undefined ? {} : { source }),
      ...(acquired === undefined ? {} : { acquired }),
    };
    return { rightsBasis, rightsNote, ...recorded, ...said };
  }
  if (io.inIsTerminal && io.errIsTerminal && output.form === 'human')
    return ask(invocation, folder, note, said);
  output.note(
    `The rights basis of ${clean(basename(folder.display))} is not given, so it is recorded as a gap, which blocks sharing. ` +
      `Whoever knows it closes the gap by running this again with --rights-basis ${RIGHTS_BASES.join('|')}.`,
  );
  return { rightsBasis: RIGHTS_UNKNOWN, rightsNote: note, ...said };
}

async function ask(
  { io, output }: Invocation,
  folder: PathValue,
  note: string,
  said: Pick<NewAccession, 'source' | 'acquired' | 'agreement'>,
): Promise<Rights> {
  output.note(`Taking ${clean(folder.display)} into custody where it stands. Nothing in it is changed.`);
  const rightsBasis = await askBasis(io);
  const answered: { source?: string; acquired?: string } = {};
  let rightsNote = note;
  if (rightsBasis !== RIGHTS_UNKNOWN && note === '')
    rightsNote = (
      await io.ask('What does that rest on (a deed, a licence, a paragraph)? Enter for nothing: ')
    ).trim();
  if (said.source === undefined) {
    const source = (await io.ask('From whom did it come? Enter if not known: ')).trim();
    if (source !== '') answered.source = source;
  }
  if (said.acquired === undefined) {
    const acquired = (await io.ask('How and when was it acquired? Enter if not known: ')).trim();
    if (acquired !== '') answered.acquired = acquired;
  }
  return { rightsBasis, rightsNote, ...answered, ...said };
}

async function askBasis(io: Invocation['io']): Promise<RightsBasisOrGap> {
  for (;;) {
    const answer = (
      await io.ask(
        `On which basis is it held: ${RIGHTS_BASES.join(', ')}? Enter if not known (blocks sharing): `,
      )
    ).trim();
    if (answer === '') return RIGHTS_UNKNOWN;
    const basis = parseRightsBasis(answer);
    if (basis !== undefined) return basis;
    io.err(`"${clean(answer)}" is none of them. A donor agreement or a policy is "other".\n`);
  }
}
