/**
 * What a file can prove about itself without any reference; screen words derive from it.
 *
 * - `intact`: a check of its own covers all of its audio, and passed.
 * - `essence_damaged`: such a check failed, or what the audio cannot be decoded without is wrong.
 * - `checksum_differs`: it differs from the encoder's checksum. Damage does that, and so do a change of volume (mp3gain) and
 *   cutting, after which nobody can tell which it was.
 * - `truncated`: it ends before its audio does.
 * - `header_damaged`: what describes the audio is wrong. Whether the essence is intact, its proofs say.
 * - `unverifiable`: nothing was found amiss, and neither format nor file carries a check of the audio.
 * - `decoder_limitation`: something in it is beyond what this program can follow, which says nothing against the file.
 * - `protected`: encrypted by a rights management system.
 */
export const INTERNAL_VERDICTS = [
  'intact',
  'essence_damaged',
  'checksum_differs',
  'truncated',
  'header_damaged',
  'unverifiable',
  'decoder_limitation',
  'protected',
] as const;

export type InternalVerdict = (typeof INTERNAL_VERDICTS)[number];

/** As people read it. @param isProven whether a check of the file's own covers its audio, and passed */
export function verdictWords(verdict: InternalVerdict, isProven: boolean): string {
  switch (verdict) {
    case 'intact':
      return 'intact';
    case 'essence_damaged':
      return 'essence damaged';
    case 'checksum_differs':
      return "differs from the encoder's checksum";
    case 'truncated':
      return 'truncated';
    case 'header_damaged':
      return isProven ? 'header damaged, essence intact' : 'header damaged, essence not checked';
    case 'unverifiable':
      return 'unverifiable: the file carries no check of its audio';
    case 'decoder_limitation':
      return 'decoder limitation';
    case 'protected':
      return 'protected';
  }
}
