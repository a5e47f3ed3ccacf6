import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useAct, useCall } from '../../client/index.ts';
import { Button, Notice, PathText, ProblemNotice, TextField, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';
import { forgetDraft } from './draft-store.ts';
import { IN_PLACE, acceptanceOf, accessionOf } from './draft.ts';
import { FORMATS } from './formats.ts';
import type { PathStep } from './path-step.ts';
import { reviewParagraph } from './sentences.ts';

/** The whole act in one paragraph, and its beginning. */
export function StepReview({ draft, change, search, draftKey, survey }: PathStep): ReactNode {
  const { t } = useTexts('accessions');
  const navigate = useNavigate();
  const locations = useCall('locations', 'list');
  const location = locations.data?.rows.find((row) => row.id === draft.place)?.name;
  const onSuccess = ({ id }: Job): void => {
    // In the place of this address: going back leads before the act, which must not begin twice.
    navigate({ to: '/accessions/new', search: { step: 'progress', job: id }, replace: true })
      .then(() => {
        forgetDraft(draftKey);
      })
      .catch(() => undefined);
  };
  const start = useAct('accession', 'start', { onSuccess });
  const accept = useAct('appraisals', 'accept', { onSuccess });
  const { appraisal } = search;
  const acceptance = appraisal === undefined ? undefined : acceptanceOf(draft, appraisal);
  const wanted = accessionOf(draft);
  const isPending = start.isPending || accept.isPending;
  const error = start.error ?? accept.error;
  const folders = draft.paths.map(({ display }) => display);
  const [only] = draft.paths;
  const paragraph = reviewParagraph(
    draft,
    {
      folders:
        folders.length === 1
          ? t('review.oneFolder')
          : t('review.folders', { count: folders.length, number: FORMATS.count(folders.length) }),
      survey: survey.isStale || survey.job?.state === 'cancelled' ? undefined : survey.result,
      location: draft.place === IN_PLACE ? undefined : location,
    },
    t,
    FORMATS,
  );
  const begin = (): void => {
    if (acceptance !== undefined) accept.mutate(acceptance);
    else if (appraisal === undefined && wanted !== undefined) start.mutate(wanted);
  };
  return (
    <>
      <p className={styles.paragraph}>{paragraph}</p>
      {only !== undefined && (
        <ul className={styles.folders} aria-label={t('folders.chosen')}>
          {draft.paths.map((path) => (
            <li key={`${path.display}:${path.bytes ?? ''}`}>
              <PathText path={path} />
            </li>
          ))}
        </ul>
      )}
      <p className={styles.muted}>
        {t(draft.place === IN_PLACE ? 'review.whatInPlace' : 'review.whatCopied')}
      </p>
      {survey.isStale && <Notice tone="due" title={t('survey.stale')} />}
      {appraisal !== undefined && (
        <div className={styles.fields}>
          <TextField
            label={t('review.reason')}
            description={t('review.reasonWhy')}
            value={draft.reason}
            onChange={(reason) => {
              change({ reason });
            }}
            isMultiline
            isRequired
          />
        </div>
      )}
      {error !== null && <ProblemNotice error={error} />}
      <div className={styles.onward}>
        <Button
          variant="primary"
          isDisabled={
            isPending || wanted === undefined || (appraisal !== undefined && acceptance === undefined)
          }
          onPress={begin}
        >
          {t(appraisal === undefined ? 'review.begin' : 'review.accept')}
        </Button>
      </div>
    </>
  );
}
