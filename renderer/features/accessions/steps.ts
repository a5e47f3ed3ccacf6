/** The guided path of taking folders into custody: its steps, their order, and which of them can be gone to. */

export const STEPS = ['folders', 'survey', 'rights', 'place', 'review', 'progress', 'done'] as const;
export type Step = (typeof STEPS)[number];

/** Steps on which a person says something; `progress` and `done` only follow from beginning. */
export const SAID_STEPS = ['folders', 'survey', 'rights', 'place', 'review'] as const satisfies Step[];

/** What decides which steps can be gone to. */
export interface Reach {
  readonly hasFolders: boolean;
  /** Title, and a rights basis or the word that it is not known. */
  readonly saysRights: boolean;
  readonly saysPlace: boolean;
  readonly hasBegun: boolean;
}

/** Whether a step can be shown now; what it rests on has been said. The survey is offered, never required. */
export function isReachable(step: Step, reach: Reach): boolean {
  switch (step) {
    case 'folders':
      return !reach.hasBegun;
    case 'survey':
    case 'rights':
      return !reach.hasBegun && reach.hasFolders;
    case 'place':
      return !reach.hasBegun && reach.hasFolders && reach.saysRights;
    case 'review':
      return !reach.hasBegun && reach.hasFolders && reach.saysRights && reach.saysPlace;
    case 'progress':
    case 'done':
      return reach.hasBegun;
  }
}

/** The step itself where it can be shown, else the last one before it that can. */
export function nearestReachable(step: Step, reach: Reach): Step {
  if (reach.hasBegun) return step === 'done' ? 'done' : 'progress';
  for (let at = STEPS.indexOf(step); at > 0; at -= 1) {
    const candidate = STEPS[at];
    if (candidate !== undefined && isReachable(candidate, reach)) return candidate;
  }
  return 'folders';
}
