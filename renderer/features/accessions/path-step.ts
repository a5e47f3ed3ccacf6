import type { Draft } from './draft.ts';
import type { DraftChange } from './draft-store.ts';
import type { NewAccessionSearch } from './search.ts';
import type { Step } from './steps.ts';
import type { Survey } from './use-survey.ts';

/** What every step of the guided path is given. */
export interface PathStep {
  readonly draft: Draft;
  readonly change: (change: DraftChange) => void;
  readonly search: NewAccessionSearch;
  readonly draftKey: string;
  readonly go: (step: Step, more?: Partial<NewAccessionSearch>, replace?: boolean) => void;
  readonly survey: Survey;
}
