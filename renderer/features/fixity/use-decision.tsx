import { useState, type ReactNode } from 'react';
import { DecideDialog } from './decide-dialog.tsx';
import { DecisionOutcome } from './decision-outcome.tsx';
import type { Decided, Deciding } from './decisions.ts';

export interface Decision {
  /** Opens the dialog, with its preview. */
  readonly decide: (deciding: Deciding) => void;
  readonly dialog: ReactNode;
  /** What came of the last one, where it was asked; false where there was none. */
  readonly outcome: ReactNode;
}

/** One decision at a time: asked, previewed, done, and what came of it. */
export function useDecision(onStarted?: () => void): Decision {
  const [deciding, decide] = useState<Deciding>();
  const [decided, setDecided] = useState<Decided>();
  return {
    decide,
    dialog: deciding !== undefined && (
      <DecideDialog
        deciding={deciding}
        onClose={() => {
          decide(undefined);
        }}
        onStarted={(job) => {
          setDecided({ job: job.id, way: deciding.way });
          decide(undefined);
          onStarted?.();
        }}
      />
    ),
    outcome: decided !== undefined && (
      <DecisionOutcome
        key={decided.job}
        decided={decided}
        onClose={() => {
          setDecided(undefined);
        }}
      />
    ),
  };
}
