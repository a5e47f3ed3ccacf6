import { useCallback, useMemo, useState } from 'react';
import type { Holding } from '../../../shared/contract/holdings.ts';
import type { HoldingsList } from './use-holdings.ts';

export interface Chosen {
  readonly keys: ReadonlySet<string>;
  readonly rows: readonly Holding[];
  readonly choose: (keys: ReadonlySet<string>) => void;
  readonly clear: () => void;
}

const NONE: ReadonlyMap<string, Holding> = new Map();

/** The rows that are chosen, kept whole: they may long have scrolled out of what is held. Another list chooses anew. */
export function useChosen(list: HoldingsList): Chosen {
  const [state, setState] = useState({ of: '', rows: NONE });
  const { key, held } = list;
  const rows = state.of === key ? state.rows : NONE;
  const choose = useCallback(
    (keys: ReadonlySet<string>) => {
      setState((before) => {
        const known = before.of === key ? before.rows : NONE;
        const wanted = [...keys];
        const fresh = new Set(wanted.filter((each) => !known.has(each)));
        const found = new Map<string, Holding>();
        if (fresh.size > 0) for (const row of held()) if (fresh.has(row.id)) found.set(row.id, row);
        const chosen = wanted.flatMap((each) => {
          const row = known.get(each) ?? found.get(each);
          return row === undefined ? [] : [[each, row] as const];
        });
        return { of: key, rows: new Map(chosen) };
      });
    },
    [key, held],
  );
  const clear = useCallback(() => setState({ of: '', rows: NONE }), []);
  return useMemo(
    () => ({ keys: new Set(rows.keys()), rows: [...rows.values()], choose, clear }),
    [rows, choose, clear],
  );
}
