import type { Aside, AsideDetail } from '../../../shared/contract/quarantine.ts';
import { formatDateTime, plainVisible, type Texts } from '../../ui/index.ts';

/** What it is, how that is known, and what has become of it: sentences that carry their evidence. */
export function asideWords(aside: AsideDetail, t: Texts): string {
  const { outcome, at, by, stands, state, location } = aside;
  const words = { outcome: t(`outcome.${outcome}`), at: formatDateTime(at), by: plainVisible(by, 80) };
  return [
    t(by === '' ? 'quarantine.what.bySomebody' : 'quarantine.what.setAside', words),
    ...(state === 'aside'
      ? [
          t(
            stands === undefined
              ? 'quarantine.what.unreachable'
              : stands
                ? 'quarantine.what.stands'
                : 'quarantine.what.gone',
            { location: plainVisible(location.name, 80) },
          ),
        ]
      : [releasedWords(aside, t)]),
  ].join(' ');
}

function releasedWords({ released }: Aside, t: Texts): string {
  if (released === undefined) return t('quarantine.what.left');
  const { by, secondAgent, to } = released;
  const words = {
    at: formatDateTime(released.at),
    by: plainVisible(by, 80),
    second: plainVisible(secondAgent ?? '', 80),
  };
  if (secondAgent !== undefined) return t('quarantine.what.discarded', words);
  return t(to === undefined ? 'quarantine.what.restored' : 'quarantine.what.restoredTo', words);
}

/** Why neither can be done now; undefined where that speaks of nothing. */
function whyNothing({ stands, location }: AsideDetail, t: Texts): string | undefined {
  if (stands === undefined)
    return t('quarantine.not.unreachable', { location: plainVisible(location.name, 80) });
  return stands ? undefined : t('quarantine.not.gone');
}

/** Why it cannot be given back now. @param isManaged whether its location is, where a file goes back to its own place only */
export function whyNotRestore(aside: AsideDetail, isManaged: boolean, t: Texts): string | undefined {
  return (
    whyNothing(aside, t) ?? (isManaged && aside.placeTaken === true ? t('quarantine.not.sealed') : undefined)
  );
}

/** Why its bytes may not be removed now: where no good replica stands in its place, before everything else. */
export function whyNotDiscard(aside: AsideDetail, t: Texts): string | undefined {
  return aside.keepBecause ?? whyNothing(aside, t);
}
