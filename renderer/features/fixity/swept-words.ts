import type { Swept } from '../../../shared/contract/quarantine.ts';
import { formatCount, type Texts } from '../../ui/index.ts';

/** What a sweep did, a sentence each; what it kept is told file by file beside it. */
export function sweptWords({ removed, recorded, stories, kept }: Swept, t: Texts): readonly string[] {
  const did = Object.entries({ removed, recorded, stories })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => t(`quarantine.swept.${what}`, { count, shown: formatCount(count) }));
  return did.length === 0 && kept.length === 0 ? [t('quarantine.swept.nothing')] : did;
}
