import type { DescriptionWriter } from '../../../core/ports/describing.ts';
import type { WriterContext } from './context.ts';
import { makeEdit } from './describe.ts';
import { DescriptionDrafts } from './description-drafts.ts';
import { undoEdit } from './undo-edit.ts';

/** As they run in the thread: synchronous. */
type Methods = {
  [Name in keyof DescriptionWriter]: (
    ...args: Parameters<DescriptionWriter[Name]>
  ) => Awaited<ReturnType<DescriptionWriter[Name]>>;
};

/** The writer's methods for description. */
export function descriptionMethods(context: WriterContext): Methods {
  const { connection, transactions } = context;
  const drafts = new DescriptionDrafts(connection);
  return {
    describe: (edit, changes) => transactions.single(() => makeEdit(context, edit, changes)),
    openDraft: () => transactions.bulk(0, () => drafts.open()),
    addToDraft: (draft, changes) => transactions.bulk(changes.length, () => drafts.add(draft, changes)),
    dropDraft: (draft) => transactions.bulk(0, () => drafts.drop(draft)),
    describeDraft: (edit, draft) =>
      transactions.single(() => {
        const made = makeEdit(context, edit, drafts.changes(draft));
        drafts.drop(draft);
        return made;
      }),
    undoEdit: (editId, agent) => transactions.single(() => undoEdit(context, editId, agent)),
  };
}
