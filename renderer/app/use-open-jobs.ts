import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Job } from '../../shared/contract/jobs.ts';
import { useClient, useDesktop, useStream } from '../client/index.ts';
import { useTexts, useToast } from '../ui/index.ts';
import { rested, shareOfAll } from './job-progress.ts';

const NONE: readonly Job[] = [];

/** The open jobs; tells of each that comes to rest, on the taskbar how far they are, and elsewhere where nobody looks. */
export function useOpenJobs(): readonly Job[] {
  const { t } = useTexts('app');
  const { tell } = useToast();
  const client = useClient();
  const desktop = useDesktop();
  const navigate = useNavigate();
  const jobs = useStream('jobs', 'watchOpen')?.rows ?? NONE;
  const before = useRef(jobs);

  useEffect(() => {
    const over = rested(before.current, jobs);
    before.current = jobs;
    for (const { id } of over) {
      const end = async () => {
        const job = await client.jobs.get({ id });
        if (job.state !== 'done' && job.state !== 'failed' && job.state !== 'cancelled') return;
        const words = t(`over.${job.state}`, { title: job.title });
        // Its own page says it already.
        if (location.pathname !== `/jobs/${id}`)
          tell(words, {
            action: {
              label: t('over.see'),
              onPress: () => {
                navigate({ to: '/jobs/$id', params: { id } }).catch(() => undefined);
              },
            },
          });
        if (document.visibilityState === 'hidden' || !document.hasFocus()) desktop.notify(t('name'), words);
      };
      // A job of which nothing is left to ask has nothing to tell.
      end().catch(() => undefined);
    }
  }, [jobs, client, desktop, navigate, t, tell]);

  const share = shareOfAll(jobs);
  useEffect(() => {
    desktop.setProgress(share);
  }, [desktop, share]);
  return jobs;
}
