/** Parts of a package in words, for its plan and its record alike. */
import type { HandOut } from '../../../shared/contract/hand-outs.ts';
import { ALGORITHM_NAMES } from '../../../shared/domain/manifest-forms.ts';
import { RESERVATION_NAMES } from '../../../shared/domain/may-leave.ts';
import type { PackageDigest } from '../../../shared/domain/package-forms.ts';
import { plainVisible, type Texts } from '../../ui/index.ts';

export function digestNames(digests: readonly PackageDigest[]): string {
  return digests.map((each) => ALGORITHM_NAMES[each]).join(', ');
}

export function reservationText({ uses, by }: NonNullable<HandOut['reservation']>, t: Texts): string {
  const names = uses.map((use) => RESERVATION_NAMES[use]).join('; ');
  return t('package.reservedText', { uses: names, by: plainVisible(by, 300) });
}
