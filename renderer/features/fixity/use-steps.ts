import { useHotkeys } from '../../ui/index.ts';

interface Steps {
  readonly rows: readonly { readonly id: string }[];
  /** What is open beside the list. */
  readonly openId: string | undefined;
  readonly open: (id: string) => void;
  readonly close: () => void;
}

/** Goes through a list by j and k, wherever the focus is; Escape closes what is open beside it. */
export function useSteps({ rows, openId, open, close }: Steps): void {
  const step = (by: 1 | -1): void => {
    const at = rows.findIndex(({ id }) => id === openId);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next !== undefined) open(next.id);
  };
  useHotkeys({
    j: () => {
      step(1);
    },
    k: () => {
      step(-1);
    },
    ...(openId === undefined ? {} : { escape: close }),
  });
}
