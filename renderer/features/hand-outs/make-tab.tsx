import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { manifestResultSchema } from '../../../shared/contract/manifests.ts';
import { Button, Notice, useTexts } from '../../ui/index.ts';
import styles from './hand-outs.module.css';
import type { MakeSearch } from './hand-outs-search.ts';
import { JobRun } from './job-run.tsx';
import { ManifestForm } from './manifest-form.tsx';
import { ManifestWritten } from './manifest-written.tsx';
import { quietly } from './quietly.ts';

/** What → which form → what was written, with how others check it. The address has the job, so that a reload finds its result. */
export function MakeTab({ search }: { readonly search: MakeSearch }): ReactNode {
  const { t } = useTexts('hand-outs');
  const navigate = useNavigate();
  const { job, ...what } = search;
  const go = (next: MakeSearch): void => quietly(navigate({ to: '/hand-outs', search: { ...next } }));
  if (job === undefined) return <ManifestForm what={what} onStarted={(id) => go({ ...what, job: id })} />;
  const again = <Button onPress={() => go(what)}>{t('make.another')}</Button>;
  return (
    <div className={styles.room}>
      <JobRun id={job} label={t('make.running')} again={again}>
        {({ result }) => {
          const { data } = manifestResultSchema.safeParse(result);
          if (data === undefined) return <Notice tone="due" title={t('check.noResult')} actions={again} />;
          return (
            <>
              <ManifestWritten result={data} />
              <div className={styles.acts}>{again}</div>
            </>
          );
        }}
      </JobRun>
    </div>
  );
}
