/** What an archive asks of its files technically. A shortfall is shown and never blocks custody: what exists only so is kept so. */
import type { RepresentationRole } from './vocabulary.ts';

export const JUDGED_ROLES = [
  'preservation master',
  'production master',
  'access copy',
] as const satisfies readonly RepresentationRole[];
export type JudgedRole = (typeof JUDGED_ROLES)[number];

/** The least that is asked for; what is absent is not. */
export interface Requirements {
  /** Hz. */
  readonly sampleRate?: number | undefined;
  readonly bitDepth?: number | undefined;
  readonly lossless?: boolean | undefined;
}

export interface TechnicalPolicy {
  /** Of what was transferred from an analogue carrier, by the role of the file. */
  readonly analogueTransfers: { readonly [Role in JudgedRole]?: Requirements | undefined };
  /** Words by which the description of a carrier is known to name a digital one: its copy is no transfer. */
  readonly digitalCarriers: readonly string[];
  /** Formats that may not be playable much longer, by the names that files are identified by. */
  readonly formatsAtRisk: readonly string[];
}

/**
 * IASA-TC 04 (2nd ed.) asks of transfers of analogue originals 48 kHz or more (2.2), 24 bit or more (2.3) and linear PCM, which a
 * lossless coding gives back.
 */
export const DEFAULT_TECHNICAL_POLICY: TechnicalPolicy = {
  analogueTransfers: { 'preservation master': { sampleRate: 48_000, bitDepth: 24, lossless: true } },
  digitalCarriers: [
    'CD',
    'CD-R',
    'CD-ROM',
    'compact disc',
    'DVD',
    'Blu-ray',
    'SACD',
    'DAT',
    'R-DAT',
    'MiniDisc',
    'DCC',
    'ADAT',
    'PCM',
    'DASH',
    'digital',
    'file',
    'files',
    'download',
    'hard disk',
    'memory card',
    'USB',
  ],
  formatsAtRisk: [
    'Windows Media Audio',
    'Advanced Systems Format',
    'RealAudio 3',
    'RealAudio 4',
    'RealMedia',
    "Monkey's Audio",
    'TTA 1',
    'TTA 2',
    'Shorten',
    'DSF',
    'DSDIFF',
    'Musepack',
    'TAK',
    'OptimFROG',
  ],
};

/** The same as it is stored and sent. */
interface PlainPolicy {
  analogueTransfers: {
    [Role in JudgedRole]?: { sampleRate?: number; bitDepth?: number; lossless?: boolean };
  };
  digitalCarriers: string[];
  formatsAtRisk: string[];
}

/** What is asked of a role, with a part of it changed; undefined and false ask nothing. */
export function withAsked(policy: TechnicalPolicy, role: JudgedRole, part: Requirements): PlainPolicy {
  const asked = { ...policy.analogueTransfers[role], ...part };
  return inOneForm({ ...policy, analogueTransfers: { ...policy.analogueTransfers, [role]: asked } });
}

/** The one form of a policy, so that two that ask the same are the same: roles in order, and nothing where nothing is asked. */
export function inOneForm(policy: TechnicalPolicy): PlainPolicy {
  const asked = JUDGED_ROLES.map((role) => {
    const { sampleRate, bitDepth, lossless } = policy.analogueTransfers[role] ?? {};
    return [
      role,
      {
        ...(sampleRate === undefined ? {} : { sampleRate }),
        ...(bitDepth === undefined ? {} : { bitDepth }),
        ...(lossless === true ? { lossless } : {}),
      },
    ] as const;
  });
  return {
    analogueTransfers: Object.fromEntries(asked.filter(([, what]) => Object.keys(what).length > 0)),
    digitalCarriers: eachOnce(policy.digitalCarriers),
    formatsAtRisk: eachOnce(policy.formatsAtRisk),
  };
}

/** Words, each once however it is written. */
function eachOnce(words: readonly string[]): string[] {
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];
}

export type Shortfall =
  | {
      readonly code: 'sample_rate' | 'bit_depth';
      readonly role: JudgedRole;
      readonly found: number;
      readonly least: number;
    }
  | { readonly code: 'lossy'; readonly role: JudgedRole; readonly found: string }
  | { readonly code: 'format_at_risk'; readonly found: string };

/** A file as it is judged. */
export interface Judged {
  readonly role: RepresentationRole;
  /** As described, of the item; nothing is asked of a transfer where nobody has said from what. */
  readonly carriers: readonly string[];
  readonly format: string;
  readonly codec?: string | undefined;
  readonly sampleRate?: number | undefined;
  readonly bitDepth?: number | undefined;
  readonly lossless?: boolean | undefined;
}

/** What a file falls short of. What is not known of it is no shortfall. */
export function shortfallsOf(policy: TechnicalPolicy, file: Judged): Shortfall[] {
  const { role, format } = file;
  if (!isJudged(role)) return [];
  const atRisk = policy.formatsAtRisk.some((name) => same(name, format));
  const risks: Shortfall[] = atRisk ? [{ code: 'format_at_risk', found: format }] : [];
  const asked = policy.analogueTransfers[role];
  if (asked === undefined || !isAnalogue(policy, file.carriers)) return risks;
  const below = (
    code: 'sample_rate' | 'bit_depth',
    found: number | undefined,
    least: number | undefined,
  ): Shortfall[] =>
    found === undefined || least === undefined || found >= least ? [] : [{ code, role, found, least }];
  return [
    ...risks,
    ...below('sample_rate', file.sampleRate, asked.sampleRate),
    // A lossy coding has no bit depth of its own; what a decoder makes of it says nothing.
    ...(file.lossless === false ? [] : below('bit_depth', file.bitDepth, asked.bitDepth)),
    ...(asked.lossless === true && file.lossless === false
      ? [{ code: 'lossy', role, found: file.codec ?? format } as const]
      : []),
  ];
}

/** Whether one of the carriers is not known to be digital. @testonly */
export function isAnalogue({ digitalCarriers }: TechnicalPolicy, carriers: readonly string[]): boolean {
  return carriers.some((carrier) => !digitalCarriers.some((word) => names(carrier, word)));
}

export function shortfallMessage(shortfall: Shortfall): string {
  switch (shortfall.code) {
    case 'sample_rate':
      return `Sampled at ${kHz(shortfall.found)}; the policy asks ${kHz(shortfall.least)} or more of a ${shortfall.role} of an analogue carrier.`;
    case 'bit_depth':
      return `${String(shortfall.found)} bit; the policy asks ${String(shortfall.least)} bit or more of a ${shortfall.role} of an analogue carrier.`;
    case 'lossy':
      return `Coded with loss (${shortfall.found}); the policy asks a lossless ${shortfall.role} of an analogue carrier.`;
    case 'format_at_risk':
      return `${shortfall.found} is a format at risk by the policy: players for it may become rare.`;
  }
}

function kHz(hertz: number): string {
  return `${String(hertz / 1000)} kHz`;
}

function isJudged(role: RepresentationRole): role is JudgedRole {
  return (JUDGED_ROLES as readonly string[]).includes(role);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether a text has these words as words. */
function names(text: string, word: string): boolean {
  const plain = word.trim().replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  return plain !== '' && new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}
