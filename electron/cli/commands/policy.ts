import type { ArchivePolicy } from '../../../shared/contract/archive.ts';
import { MASS_BOUNDS } from '../../../shared/domain/mass-change.ts';
import {
  inOneForm,
  JUDGED_ROLES,
  withAsked,
  type JudgedRole,
} from '../../../shared/domain/technical-policy.ts';
import { parseRole } from '../../../shared/domain/structure-terms.ts';
import { FURTHER_DIGESTS } from '../../../shared/domain/vocabulary.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { facts } from '../format/table.ts';
import { capitalise, clean } from '../format/text.ts';
import { collect } from '../options.ts';
import type { Output } from '../output.ts';
import { withHost } from '../with-host.ts';
import { policyOf } from './init.ts';

type Options = Invocation['options'];
type Technical = ArchivePolicy['technical'];

export const policy: CliCommand = {
  name: 'policy',
  summary: 'what the archive asks of its copies and files, shown or changed',
  description:
    'Shows the policy of the archive; with options it changes what they name, and the log has an event of it. What is asked of files ' +
    'technically is asked of transfers of analogue carriers alone (give items a carrier for that), and a shortfall is shown with the ' +
    'file; nothing is refused for it.',
  examples: [
    { does: 'What is asked now', line: 'policy' },
    {
      does: 'Masters of tapes and discs at 96 kHz and 24 bit',
      line: 'policy --role "preservation master" --sample-rate 96000 --bit-depth 24 --lossless',
    },
    {
      does: 'Ask for a person from ten files on, where they are a fiftieth of a place',
      line: 'policy --mass-percent 2 --mass-least 10',
    },
    { does: 'Every copy verified within a month', line: 'policy --verify-within 30' },
  ],
  define(command) {
    command
      .option('--verify-within <DAYS>', 'after how many days without a check a copy is overdue')
      .option('--numbers <PATTERN>', 'how accessions are numbered from now on')
      .option(
        '--digest <ALGORITHM>',
        `a digest beside SHA-256, of what comes from now on: ${FURTHER_DIGESTS.join(', ')}; may be repeated, and replaces those before; none: SHA-256 alone`,
        collect,
      )
      .option(
        '--virus-check <ON|OFF>',
        'show new files to the virus scanner of this machine (ClamAV: clamdscan)',
      )
      .option(
        '--mass-percent <N>',
        'what share of a location, in percent, is one finding when it changes at once',
      )
      .option(
        '--mass-files <N>',
        'how many files are one finding when they change at once, whatever their share',
      )
      .option('--mass-least <N>', 'how few never are')
      .option('--role <ROLE>', `whose files are asked something: ${JUDGED_ROLES.join(', ')}`)
      .option('--sample-rate <HZ>', 'the least sample rate of that role')
      .option('--bit-depth <BITS>', 'the least bit depth of that role')
      .option('--lossless', 'that role must not be coded with loss')
      .option('--ask-nothing', 'ask nothing of that role')
      .option('--digital-carrier <WORD>', 'carriers of this name are digital; may be repeated', collect)
      .option(
        '--analogue-carrier <WORD>',
        'carriers of this name are not digital after all; may be repeated',
        collect,
      )
      .option('--at-risk <FORMAT>', 'a format that is at risk, as `show` names it; may be repeated', collect)
      .option('--not-at-risk <FORMAT>', 'a format that is not at risk after all; may be repeated', collect);
  },
  run: (invocation) => {
    const { options, output } = invocation;
    const change = { ...policyOf(options), ...virusChange(options.text('virusCheck')) };
    const technical = technicalChange(options);
    const mass = massChange(options);
    const isChanged = Object.keys(change).length > 0 || technical !== undefined || mass !== undefined;
    return withHost(invocation, isChanged ? 'write' : 'read', async (client) => {
      const before = await client.archive.info();
      const after = isChanged
        ? await client.archive.updatePolicy({
            ...change,
            ...(mass === undefined ? {} : { massChange: { ...before.policy.massChange, ...mass } }),
            ...(technical === undefined ? {} : { technical: technical(before.policy.technical) }),
          })
        : before;
      output.json({ policy: after.policy });
      show(output, after.policy);
      return EXIT.done;
    });
  },
};

function virusChange(word: string | undefined): Partial<ArchivePolicy> {
  if (word === undefined) return {};
  if (word !== 'on' && word !== 'off') throw new UsageError('--virus-check is on or off.');
  return { virusCheck: word === 'on' };
}

/** From when on what changes at once is one finding; undefined where nothing of it was named. */
function massChange(options: Options): Partial<ArchivePolicy['massChange']> | undefined {
  const percent = options.number('massPercent', MASS_BOUNDS.share.from * 100, MASS_BOUNDS.share.to * 100);
  const files = options.number('massFiles', MASS_BOUNDS.files.from, MASS_BOUNDS.files.to);
  const least = options.number('massLeast', MASS_BOUNDS.least.from, MASS_BOUNDS.least.to);
  if (percent === undefined && files === undefined && least === undefined) return undefined;
  return {
    ...(percent === undefined ? {} : { share: percent / 100 }),
    ...(files === undefined ? {} : { files }),
    ...(least === undefined ? {} : { least }),
  };
}

/** How the technical policy changes; undefined where nothing of it was named. */
function technicalChange(options: Options): ((before: Technical) => Technical) | undefined {
  const roleText = options.text('role');
  const sampleRate = options.number('sampleRate', 1, 10_000_000);
  const bitDepth = options.number('bitDepth', 1, 64);
  const isLossless = options.flag('lossless');
  const asksNothing = options.flag('askNothing');
  const asks = sampleRate !== undefined || bitDepth !== undefined || isLossless;
  if ((asks || asksNothing) && roleText === undefined)
    throw new UsageError(`Say of which role that is asked: --role, one of ${JUDGED_ROLES.join(', ')}.`);
  if (asks && asksNothing) throw new UsageError('--ask-nothing goes with no other requirement.');
  if (roleText !== undefined && !asks && !asksNothing)
    throw new UsageError(
      'Say what is asked of that role: --sample-rate, --bit-depth, --lossless or --ask-nothing.',
    );
  const role = roleText === undefined ? undefined : roleOf(roleText);
  const lists = ['digitalCarrier', 'analogueCarrier', 'atRisk', 'notAtRisk'] as const;
  if (role === undefined && lists.every((name) => options.list(name).length === 0)) return undefined;
  const asked = asksNothing
    ? { sampleRate: undefined, bitDepth: undefined, lossless: undefined }
    : {
        ...(sampleRate === undefined ? {} : { sampleRate }),
        ...(bitDepth === undefined ? {} : { bitDepth }),
        ...(isLossless ? { lossless: true } : {}),
      };
  return (before) => {
    const { analogueTransfers } = role === undefined ? before : withAsked(before, role, asked);
    return inOneForm({
      analogueTransfers,
      digitalCarriers: changed(
        before.digitalCarriers,
        options.list('digitalCarrier'),
        options.list('analogueCarrier'),
      ),
      formatsAtRisk: changed(before.formatsAtRisk, options.list('atRisk'), options.list('notAtRisk')),
    });
  };
}

function roleOf(text: string): JudgedRole {
  const role = JUDGED_ROLES.find((each) => each === parseRole(text));
  if (role !== undefined) return role;
  throw new UsageError(`Nothing is asked of "${clean(text)}". The roles are: ${JUDGED_ROLES.join(', ')}.`);
}

/** A list of words with some more and some less, however they are written. */
function changed(before: readonly string[], more: readonly string[], less: readonly string[]): string[] {
  const gone = new Set(less.map((word) => word.trim().toLowerCase()));
  return [...before, ...more.map((word) => word.trim())].filter((word) => !gone.has(word.toLowerCase()));
}

function show(
  output: Output,
  {
    verifyWithinDays,
    accessionPattern,
    furtherDigests,
    technical,
    virusCheck,
    massChange: mass,
  }: ArchivePolicy,
): void {
  output.lines(
    ...facts([
      ['Verified within', `${String(verifyWithinDays)} days`],
      ['Accession numbers', clean(accessionPattern)],
      ['Digests', ['sha256', ...furtherDigests].join(', ')],
      ['Virus check', virusCheck ? 'new files are shown to clamdscan' : 'none'],
      [
        'Changed at once',
        `one finding from ${String(Math.round(mass.share * 100))} % or ${String(mass.files)} files on, and at least ${String(mass.least)}`,
      ],
      ...JUDGED_ROLES.map((role): [string, string] => [
        `${capitalise(role)} of an analogue carrier`,
        requirementText(technical.analogueTransfers[role]),
      ]),
      ['Digital carriers', clean(technical.digitalCarriers.join(', '))],
      ['Formats at risk', clean(technical.formatsAtRisk.join(', '))],
    ]),
  );
}

function requirementText(asked: Technical['analogueTransfers'][JudgedRole]): string {
  const { sampleRate, bitDepth, lossless } = asked ?? {};
  const parts = [
    ...(sampleRate === undefined ? [] : [`${String(sampleRate / 1000)} kHz or more`]),
    ...(bitDepth === undefined ? [] : [`${String(bitDepth)} bit or more`]),
    ...(lossless === true ? ['no loss'] : []),
  ];
  return parts.length === 0 ? 'nothing is asked' : parts.join(', ');
}
