/**
 * When a large share of a location changes at once it is one finding, and a person decides before anything is built on it
 * (design, invariant 5). Pure: what counts, and what it looks like.
 */

/** Words of the catalogue's own check. */
export const MASS_LOOKS = [
  'folder not mounted',
  'retagged',
  'encrypted',
  'moved',
  'damaged',
  'unknown',
] as const;
export type MassLook = (typeof MASS_LOOKS)[number];

/** `intended`: somebody did it on purpose. `damage`: it is to be recovered. `restored`: what was away is back, or was never gone. */
export const MASS_DECISIONS = ['intended', 'damage', 'restored'] as const;

/** From when on what changes at once is one finding. */
export interface MassThresholds {
  /** Of the files of the location, 0 to 1. */
  readonly share: number;
  readonly files: number;
  /** Below this many never, whatever their share. */
  readonly least: number;
}

/**
 * A share, or a number, whichever is reached first; below `least` never. Of a shelf of ten files five in a hundred would be
 * none, and of a hundred five: single mishaps, which are decided one by one. Twenty at once have one cause.
 */
export const DEFAULT_MASS_THRESHOLDS: MassThresholds = { share: 0.05, files: 100, least: 20 };

/** Within them an archive may choose: it can ask for a person sooner or later, and cannot do without one. */
export const MASS_BOUNDS = {
  share: { from: 0.01, to: 0.5 },
  files: { from: 2, to: 100_000 },
  least: { from: 2, to: 1000 },
} as const;

/** @param ofFiles replicas that the location has */
export function isMassChange(
  files: number,
  ofFiles: number,
  { share, files: many, least }: MassThresholds,
): boolean {
  return files >= least && (files >= many || files >= ofFiles * share);
}

/** What was seen of the files that changed together. */
export interface MassEvidence {
  readonly files: number;
  /** By outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Files of sound whose bytes are no longer those of any format that is known. */
  readonly unrecognised: number;
  /** Missing ones beside which a file of the same name and a further ending stands: the most common ending, and how often. */
  readonly renamedTo: number;
  /** Whether nothing of what is expected below the folder that holds them all was found there. */
  readonly wholeFolderGone: boolean;
}

const MOST = 0.8;

/** The likeliest cause; `unknown` where no word covers four fifths of them. */
export function looksLike({
  files,
  outcomes,
  unrecognised,
  renamedTo,
  wholeFolderGone,
}: MassEvidence): MassLook {
  const of = (...names: string[]): number => names.reduce((sum, name) => sum + (outcomes[name] ?? 0), 0);
  const most = (count: number): boolean => count >= files * MOST;
  // Before anything milder: whoever is blackmailed must read it first.
  if (most(unrecognised + renamedTo)) return 'encrypted';
  if (wholeFolderGone && most(of('missing'))) return 'folder not mounted';
  if (most(of('tags_changed'))) return 'retagged';
  if (most(of('moved'))) return 'moved';
  if (most(of('altered', 'truncated', 'unreadable'))) return 'damaged';
  return 'unknown';
}
