import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { useCall } from '../../client/index.ts';
import { Button, Page, ProblemNotice, useTexts, useToast } from '../../ui/index.ts';
import { forgetDraft, useDraft } from './draft-store.ts';
import { draftOf, reachOf, withAppraisal, type Draft } from './draft.ts';
import { addPath, lastName } from './paths.ts';
import { newAccessionSearch, pathsOfSearch, type NewAccessionSearch } from './search.ts';
import { SAID_STEPS, isReachable, nearestReachable, type Step } from './steps.ts';
import { StepDone } from './step-done.tsx';
import { StepFolders } from './step-folders.tsx';
import { StepPlace } from './step-place.tsx';
import { StepProgress } from './step-progress.tsx';
import { StepReview } from './step-review.tsx';
import { StepRights } from './step-rights.tsx';
import { StepSurvey } from './step-survey.tsx';
import styles from './guided-path.module.css';
import type { PathStep } from './path-step.ts';
import { useSurvey } from './use-survey.ts';

/** The guided path: every step has its address, so back, a link and a reload lead to the same place. */
export function NewAccessionPage(): ReactNode {
  const { t } = useTexts('accessions');
  const navigate = useNavigate();
  const toast = useToast();
  const search = newAccessionSearch(useSearch({ strict: false }));
  const key = search.again ?? search.appraisal ?? 'new';
  const [draft, change] = useDraft(key);
  const survey = useSurvey(draft, search.appraisal);
  const problem = usePrefill(search, key);
  const reach = reachOf(draft, search.job !== undefined);
  const step = nearestReachable(search.step ?? 'folders', reach);
  const { heading, steps } = useFocusOnChange(step);

  const go = (to: Step, more: Partial<NewAccessionSearch> = {}, replace = false): void => {
    const { appraisal, again, job } = search;
    const kept = {
      ...(appraisal === undefined ? {} : { appraisal }),
      ...(again === undefined ? {} : { again }),
      ...(job === undefined ? {} : { job }),
    };
    navigate({ to: '/accessions/new', search: { ...kept, ...more, step: to }, replace }).catch(
      () => undefined,
    );
  };
  const props: PathStep = { draft, change, search, draftKey: key, go, survey };
  const title =
    search.again !== undefined
      ? t('new.titleAgain')
      : search.appraisal !== undefined
        ? t('new.titleAppraisal')
        : t('new.title');
  return (
    <Page
      title={title}
      actions={
        search.job === undefined &&
        key === 'new' &&
        draft.paths.length > 0 && (
          <Button
            variant="quiet"
            onPress={() => {
              const before = draft;
              forgetDraft(key);
              go('folders');
              toast.tell(t('new.discarded'), {
                action: {
                  label: t('act.undo'),
                  onPress: () => {
                    change(before);
                  },
                },
              });
            }}
          >
            {t('new.discard')}
          </Button>
        )
      }
    >
      {search.job === undefined && (
        <nav ref={steps} aria-label={t('new.steps')}>
          <ol className={styles.steps}>
            {SAID_STEPS.map((each, index) => {
              const isHere = each === step;
              const words = (
                <>
                  <span className={styles.stepNumber}>{index + 1}</span> {t(`step.${each}`)}
                </>
              );
              return (
                <li
                  key={each}
                  aria-current={isHere ? 'step' : undefined}
                  className={isHere ? styles.stepHere : undefined}
                >
                  {!isHere && isReachable(each, reach) ? (
                    <Link to="/accessions/new" search={{ ...search, step: each }} className={styles.stepLink}>
                      {words}
                    </Link>
                  ) : (
                    <span className={styles.stepWords}>{words}</span>
                  )}
                </li>
              );
            })}
          </ol>
        </nav>
      )}
      {problem !== undefined && <ProblemNotice error={problem} />}
      <div className={styles.step}>
        <h2 ref={heading} tabIndex={-1} className={styles.stepTitle}>
          {t(`stepTitle.${step}`)}
        </h2>
        {step === 'folders' && <StepFolders {...props} />}
        {step === 'survey' && <StepSurvey {...props} />}
        {step === 'rights' && <StepRights {...props} />}
        {step === 'place' && <StepPlace {...props} />}
        {step === 'review' && <StepReview {...props} />}
        {step === 'progress' && search.job !== undefined && (
          <StepProgress
            job={search.job}
            onOver={() => {
              go('done', {}, true);
            }}
          />
        )}
        {step === 'done' && search.job !== undefined && <StepDone job={search.job} />}
      </div>
    </Page>
  );
}

/** A screen reader and the keyboard follow to the new step; not on arrival, where the page itself has the focus. */
function useFocusOnChange(step: Step): {
  readonly heading: React.RefObject<HTMLHeadingElement | null>;
  readonly steps: React.RefObject<HTMLElement | null>;
} {
  const heading = useRef<HTMLHeadingElement>(null);
  const steps = useRef<HTMLElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus({ preventScroll: true });
    // The page goes up, with the row of steps; after the router, which carries the scroll of the step before along.
    const frame = requestAnimationFrame(() => {
      (steps.current ?? heading.current)?.scrollIntoView({ block: 'nearest' });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [step]);
  return { heading, steps };
}

/** Begins a draft with what the address names: a folder, an appraisal, or an accession taken up again. */
function usePrefill(search: NewAccessionSearch, key: string): { code: string; message: string } | undefined {
  const navigate = useNavigate();
  const [draft, change] = useDraft(key);
  const { appraisal, again, job } = search;
  const isOpen = job === undefined && draft.paths.length === 0;
  const surveyed = useCall(
    'appraisals',
    'get',
    { id: appraisal ?? 'appraisal-1' },
    { enabled: appraisal !== undefined && isOpen },
  );
  const taken = useCall(
    'accession',
    'get',
    { id: again ?? 'acc-1' },
    { enabled: again !== undefined && isOpen },
  );
  const kept = surveyed.data;
  const known = taken.data;
  useEffect(() => {
    if (!isOpen) return;
    if (appraisal !== undefined && kept !== undefined) change((before) => withAppraisal(before, kept));
    else if (again !== undefined && known !== undefined) change(draftOf(known));
  }, [isOpen, appraisal, again, kept, known, change]);
  const dropped = JSON.stringify(pathsOfSearch(search));
  useEffect(() => {
    const named = JSON.parse(dropped) as PathValue[];
    if (named.length === 0) return;
    change((before) => named.reduce(withPath, before));
    // Taken up once: going back must not add it again.
    navigate({ to: '/accessions/new', search: {}, replace: true }).catch(() => undefined);
  }, [dropped, change, navigate]);
  return surveyed.error ?? taken.error ?? undefined;
}

/** A folder more, and the title that it suggests where there is none. */
function withPath(draft: Draft, path: PathValue): Draft {
  const added = addPath(draft.paths, path);
  if (!('paths' in added)) return draft;
  return { ...draft, paths: added.paths, title: draft.title === '' ? lastName(path) : draft.title };
}
