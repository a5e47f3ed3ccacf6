import type { Entity } from '../../../shared/contract/holdings.ts';
import type { InclusionProof } from '../../../shared/contract/proofs.ts';
import type { ReplicaHistory, ReplicaStep } from '../../../shared/contract/replica-history.ts';
import type { EventBody } from '../events/chain.ts';
import type { Cell, ReportDocument, Section } from '../hand-outs/document.ts';
import { grouped, moment } from '../intake/receipt-facts.ts';
import { checkCommands } from './certificate-commands.ts';
import { outcomeText } from './standing-sections.ts';
import { count, day, length, many } from './words.ts';

export interface CertificateFigures {
  readonly at: string;
  readonly title: string;
  readonly object: NonNullable<Entity['object']>;
  readonly copies: readonly {
    readonly replica: Entity['replicas'][number];
    readonly history: ReplicaHistory;
  }[];
  /** Of the newest check that was closed with an event, of the copy that was verified last; null where there was none yet. */
  readonly proof: InclusionProof | null;
  readonly log: { readonly events: number; readonly head: string };
}

/** What is known of one file, and how a stranger checks it. */
export function fixityCertificate(figures: CertificateFigures): ReportDocument {
  const { object, copies, title, log } = figures;
  const verified = copies
    .flatMap(({ replica }) => (replica.verifiedAt === undefined ? [] : [replica.verifiedAt]))
    .sort();
  const last = verified.at(-1);
  const amiss = copies.filter(
    ({ replica }) => !['intact', 'not_checked', ''].includes(replica.outcome),
  ).length;
  const duration = object.technical['durationMs'];
  return {
    title: 'Certificate of fixity',
    lead: [
      last === undefined
        ? `No copy of "${title}" has been read and compared with its digest yet since it was taken into custody.`
        : `A copy of "${title}" was last read from beginning to end and found as recorded on ${moment(last)}.`,
      amiss === 0
        ? `${many(copies.length, 'copy', 'copies')} ${copies.length === 1 ? 'is' : 'are'} in custody, and the last check of none found it otherwise.`
        : `Of ${many(copies.length, 'copy', 'copies')} in custody, the last check found ${count(amiss)} otherwise than recorded.`,
    ],
    facts: [
      ['File', `${title} (${object.id})`],
      [
        'Format',
        `${object.format.name}${object.format.puid === '' ? '' : ` (PRONOM ${object.format.puid})`}`,
      ],
      ['Size', `${count(object.size)} bytes`],
      ...(typeof duration === 'number' && duration > 0
        ? [['Length', length(duration / 3_600_000)] as const]
        : []),
      ['Recorded', moment(object.recordedAt)],
    ],
    sections: [
      digestSection(object),
      copySection(figures),
      historySection(figures),
      proofSection(figures),
      {
        heading: 'How to check it without Holdfast',
        sentences: [
          'Put your copy of the file beside this certificate, under the name FILE. On Linux, macOS or Windows with a Unix shell:',
        ],
        commands: checkCommands(object.digests['sha256'] ?? '', figures.proof),
        note: 'On Windows without one: certutil -hashfile FILE SHA256. What the archive says of its own log is worth as much as its key: compare the key with the one that you have from elsewhere.',
      },
    ],
    head: log,
  };
}

function digestSection({ digests }: CertificateFigures['object']): Section {
  return {
    heading: 'Message digests',
    sentences: [
      'A digest changes when a single bit of the file changes. These were recorded when it was taken into custody, and are never replaced.',
    ],
    table: {
      columns: [{ name: 'Algorithm' }, { name: 'Digest', isCode: true }],
      rows: Object.entries(digests).map(([algorithm, hex]): Cell[] => [
        algorithm,
        { text: grouped(hex), value: hex },
      ]),
    },
  };
}

function copySection({ copies }: CertificateFigures): Section {
  const when = (time: string | undefined): Cell =>
    time === undefined ? 'never' : { text: moment(time), value: time };
  return {
    heading: 'Copies in custody',
    sentences: copies.length === 0 ? ['There is none now.'] : [],
    table: {
      columns: [
        { name: 'Copy' },
        { name: 'Location' },
        { name: 'Path', isCode: true },
        { name: 'Last check' },
        { name: 'Verified' },
      ],
      rows: copies.map(({ replica }) => [
        replica.id,
        replica.locationName,
        replica.path.display,
        replica.checkedAt === undefined ? 'not checked yet' : outcomeText(replica.outcome),
        when(replica.verifiedAt),
      ]),
    },
    note: 'Verified: its bytes were read here and compared with the digest. What others attested is in the history, and never counted so.',
  };
}

function historySection({ copies }: CertificateFigures): Section {
  const steps = copies
    .flatMap(({ replica, history }) => history.rows.map((step) => ({ step, replica })))
    .sort((a, b) => (a.step.at < b.step.at ? -1 : a.step.at > b.step.at ? 1 : 0));
  const isWhole = copies.every(({ history }) => history.isWhole);
  const failed = steps.filter(({ step }) => step.what === 'finding').length;
  const passed = steps.filter(({ step }) => step.what === 'check' && step.outcome === 'intact').length;
  return {
    heading: 'History of checks',
    sentences: [
      `${many(passed, 'check')} found a copy as recorded, ${count(failed)} did not.${isWhole ? '' : ' Older checks are recorded too, and not all of them are listed here.'}`,
    ],
    table: {
      columns: [
        { name: 'When' },
        { name: 'Copy' },
        { name: 'What' },
        { name: 'Outcome' },
        { name: 'Recorded as' },
      ],
      rows: steps.map(({ step, replica }): Cell[] => [
        { text: step.what === 'attested' ? day(step.at) : moment(step.at), value: step.at },
        `${replica.id}, ${replica.locationName}`,
        STEP_WORDS[step.what],
        outcomeOf(step),
        step.id ?? '',
      ]),
    },
  };
}

const STEP_WORDS: Readonly<Record<ReplicaStep['what'], string>> = {
  custody: 'taken into custody',
  copied: 'copied, read back and found equal',
  repackaged: 'moved into another package',
  check: 'checked',
  finding: 'checked: a finding',
  resolved: 'decided',
  'set aside': 'damaged file set aside',
  'left quarantine': 'left quarantine',
  attested: 'attested by somebody else',
};

function outcomeOf({ what, outcome, as, by, reason }: ReplicaStep): string {
  const said = [
    outcome === undefined ? '' : outcomeText(outcome),
    as ?? '',
    by === undefined ? '' : `by ${by}`,
    reason ?? '',
  ].filter((each) => each !== '');
  return what === 'custody' ? `accession ${as ?? ''}` : said.join(', ');
}

function proofSection({ proof }: CertificateFigures): Section {
  const heading = 'Proof that the log holds the last check';
  if (proof === null)
    return {
      heading,
      sentences: ['There is none yet: no check or copy of it was closed with an event of the log.'],
    };
  const [event] = proof.events;
  const body = JSON.parse(event?.body ?? '{}') as EventBody;
  return {
    heading,
    sentences: [
      `The outcome below is one of ${count(proof.size)} that ${body.id} of ${moment(body.at)} commits to with a single value, the root of a Merkle tree. The hashes lead from the outcome to that root; the event is signed with the key of the archive.`,
    ],
    table: {
      columns: [{ name: 'Part' }, { name: 'Value', isCode: true }],
      rows: [
        ['Outcome, word for word', proof.leaf],
        ['Its place', `${String(proof.index + 1)} of ${String(proof.size)}`],
        ...proof.path.map((hash, i): Cell[] => [
          `Hash ${String(i + 1)}`,
          { text: grouped(hash), value: hash },
        ]),
        ['Root', { text: grouped(body.merkle?.root ?? ''), value: body.merkle?.root ?? '' }],
        ['Event, word for word', event?.body ?? ''],
        ['Hash of the event', { text: grouped(event?.hash ?? ''), value: event?.hash ?? '' }],
        ['Signature (Ed25519)', { text: grouped(event?.signature ?? ''), value: event?.signature ?? '' }],
        ['Key', event?.keyId ?? ''],
      ],
    },
    note: `Hashes are SHA-256, the tree that of RFC 9162 section 2.1. The proof with all events up to the head of the log stands beside this page as .proof.json, and the program checks it with: holdfast log verify --proof FILE --key PUBLIC.pem.`,
  };
}
