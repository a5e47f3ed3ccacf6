import { useEffect, useRef, useState } from 'react';
import type { Location } from '../../../shared/contract/locations.ts';
import { useCall } from '../../client/index.ts';
import { reachOf, restAfter, type Reach } from './reach.ts';

export interface ReachOfAll {
  readonly of: (location: Location) => Reach;
  readonly askAgain: () => void;
  readonly isAsking: boolean;
  /** Milliseconds since 1970; 0 before the first answer. */
  readonly askedAt: number;
}

/** Asks whether the places stand where they should, again and again while the screen is open. */
export function useReach(): ReachOfAll {
  const [rest, setRest] = useState(restAfter(0));
  const check = useCall('locations', 'check', {}, { refetchInterval: rest, keepPrevious: true });
  const beganAt = useRef<number | undefined>(undefined);
  const seenAt = useRef(new Map<string, string>());

  const { isFetching, data, dataUpdatedAt } = check;
  useEffect(() => {
    if (isFetching) {
      beganAt.current = performance.now();
    } else if (beganAt.current !== undefined) {
      setRest(restAfter(performance.now() - beganAt.current));
      beganAt.current = undefined;
    }
  }, [isFetching]);
  useEffect(() => {
    const at = new Date(dataUpdatedAt).toISOString();
    for (const row of data?.rows ?? []) if (row.state === 'reachable') seenAt.current.set(row.location, at);
  }, [data, dataUpdatedAt]);

  return {
    of: (location) =>
      reachOf(
        location,
        data?.rows.find((row) => row.location === location.id),
        seenAt.current.get(location.id),
      ),
    askAgain: () => {
      check.refetch().catch(() => undefined);
    },
    isAsking: isFetching,
    askedAt: dataUpdatedAt,
  };
}
