/** What can be said of how well a thing is preserved, each sentence with the evidence that it rests on. */
import type { Entity, FormerReplica, Replica } from '../../../shared/contract/holdings.ts';
import type { PreservationStatus } from '../../../shared/domain/preservation-status.ts';

/** One sentence: its key below `evidence.` in the catalogue of messages, and what it names. Times and sizes are not yet words. */
export type Evidence =
  | { readonly key: 'verified'; readonly at: string; readonly size: number; readonly location: string }
  | { readonly key: 'verifiedAlso'; readonly count: number }
  | { readonly key: 'lastVerified'; readonly at: string; readonly location: string }
  | { readonly key: 'neverVerified'; readonly count: number; readonly location: string }
  | {
      readonly key: 'damaged';
      readonly outcome: string;
      readonly location: string;
      readonly at: string | undefined;
    }
  | { readonly key: 'goodElsewhere'; readonly location: string }
  | { readonly key: 'noGoodCopy' }
  | { readonly key: 'itemVerified'; readonly at: string; readonly size: number }
  | { readonly key: 'itemPartly'; readonly held: number; readonly parts: number }
  | { readonly key: 'itemNeverVerified'; readonly parts: number }
  | { readonly key: 'copies'; readonly count: number }
  | { readonly key: 'custodyEnded'; readonly at: string; readonly reason: string }
  | { readonly key: 'notHeld' };

/** What an audit found wrong with a copy: neither `intact` nor only not looked at. */
export function isDamaged(outcome: string): boolean {
  return outcome !== 'intact' && outcome !== 'not_checked';
}

/**
 * Of one content, by its copies. The word `verified` stands only where bytes were read and found equal.
 * @testonly
 */
export function evidenceOfCopies(
  replicas: readonly Replica[],
  former: readonly FormerReplica[] = [],
): Evidence[] {
  if (replicas.length === 0) {
    const [ended] = former;
    return ended === undefined
      ? [{ key: 'notHeld' }]
      : [{ key: 'custodyEnded', at: ended.custodyEndedAt, reason: ended.reason }];
  }
  const good = newestFirst(replicas.filter(({ outcome, verifiedAt }) => outcome === 'intact' && verifiedAt));
  const damaged = replicas.filter(({ outcome }) => isDamaged(outcome));
  return [...saidOfDamage(damaged, good), ...saidOfGood(replicas, good, damaged)];
}

function saidOfDamage(damaged: readonly Replica[], good: readonly Replica[]): Evidence[] {
  if (damaged.length === 0) return [];
  const [best] = good;
  return [
    ...damaged.map(
      ({ outcome, locationName, checkedAt }) =>
        ({ key: 'damaged', outcome, location: locationName, at: checkedAt }) as const,
    ),
    best === undefined ? { key: 'noGoodCopy' } : { key: 'goodElsewhere', location: best.locationName },
  ];
}

function saidOfGood(
  replicas: readonly Replica[],
  good: readonly Replica[],
  damaged: readonly Replica[],
): Evidence[] {
  const [best] = good;
  if (best?.verifiedAt !== undefined)
    return [
      { key: 'verified', at: best.verifiedAt, size: best.size, location: best.locationName },
      ...(good.length > 1 ? [{ key: 'verifiedAlso', count: good.length - 1 } as const] : []),
    ];
  const once = newestFirst(replicas.filter(({ verifiedAt }) => verifiedAt !== undefined))[0];
  if (once?.verifiedAt !== undefined)
    return [{ key: 'lastVerified', at: once.verifiedAt, location: once.locationName }];
  const [first] = replicas.filter((replica) => !damaged.includes(replica));
  return first === undefined
    ? []
    : [{ key: 'neverVerified', count: replicas.length - damaged.length, location: first.locationName }];
}

/** Of an item, by what stands among its facts; of anything else by its copies. */
export function evidenceOf(entity: Entity): Evidence[] {
  const { facts } = entity;
  const ended = facts['custodyEndedAt'];
  if (typeof ended === 'string' && entity.replicas.length === 0)
    return [{ key: 'custodyEnded', at: ended, reason: String(facts['custodyEndedReason'] ?? '') }];
  if (entity.kind !== 'item') return evidenceOfCopies(entity.replicas, entity.formerReplicas);
  const parts = numberOf(facts['parts']);
  const held = numberOf(facts['partsHeld']);
  if (parts === 0 || held === 0) return [{ key: 'notHeld' }];
  const damaged = entity.replicas.filter(({ outcome }) => isDamaged(outcome));
  const verified = facts['verifiedOn'];
  const copies = numberOf(facts['independentCopies']);
  return [
    ...damaged.map(
      ({ outcome, locationName, checkedAt }) =>
        ({ key: 'damaged', outcome, location: locationName, at: checkedAt }) as const,
    ),
    ...(held < parts ? [{ key: 'itemPartly', held, parts } as const] : []),
    typeof verified === 'string'
      ? ({ key: 'itemVerified', at: verified, size: numberOf(facts['bytes']) } as const)
      : ({ key: 'itemNeverVerified', parts } as const),
    ...(copies > 1 ? [{ key: 'copies', count: copies } as const] : []),
  ];
}

/** Of its item, as lists carry it; undefined for what has no parts. */
export function statusOf(entity: Entity): PreservationStatus | undefined {
  return entity.parts[0]?.status;
}

function newestFirst(replicas: readonly Replica[]): Replica[] {
  return replicas.toSorted((a, b) => ((a.verifiedAt ?? '') < (b.verifiedAt ?? '') ? 1 : -1));
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
