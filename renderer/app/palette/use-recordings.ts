import { useEffect, useRef, useState } from 'react';
import type { Holding } from '../../../shared/contract/holdings.ts';
import { useClient } from '../../client/index.ts';
import { LatestOnly } from './latest-only.ts';

export interface Recordings {
  /** What was asked for; it may be a key behind what is typed. */
  readonly text: string;
  readonly rows: readonly Holding[];
  readonly capped: boolean;
}

const NONE: Recordings = { text: '', rows: [], capped: false };
const SHOWN = 8;

/** Recordings as one types. What was found before stands until there is better, so that the list never blinks. */
export function useRecordings(text: string): Recordings {
  const client = useClient();
  const [found, setFound] = useState(NONE);
  const asker = useRef<LatestOnly<Recordings>>(undefined);
  useEffect(() => {
    let isHere = true;
    asker.current = new LatestOnly<Recordings>(
      async (asked) => {
        const { rows, capped } = await client.holdings.search({ text: asked, limit: SHOWN + 1 });
        return { text: asked, rows: rows.slice(0, SHOWN), capped: capped || rows.length > SHOWN };
      },
      (asked, answer) => {
        if (isHere) setFound(answer ?? { ...NONE, text: asked });
      },
    );
    return () => {
      isHere = false;
    };
  }, [client]);
  const words = text.trim();
  useEffect(() => {
    if (words !== '') asker.current?.next(words);
  }, [words]);
  return words === '' ? NONE : found;
}
