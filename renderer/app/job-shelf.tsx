import { Link } from '@tanstack/react-router';
import { Pause, Play, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Job } from '../../shared/contract/jobs.ts';
import { useAct } from '../client/index.ts';
import { ConfirmDialog, formatShare, IconButton, useTexts, useToast, VisuallyHidden } from '../ui/index.ts';
import { shareOf } from './job-progress.ts';
import { cancelConsequences, jobWords } from './job-words.ts';
import css from './job-shelf.module.css';

/** Progress is spoken at most this often, in ms; a job that begins is spoken of at once. */
const SPOKEN_EVERY_MS = 10_000;

/** A line for each job that is open; nothing at all where there is none. */
export function JobShelf({ jobs }: { readonly jobs: readonly Job[] }): ReactNode {
  const { t } = useTexts('app');
  return (
    <section className={css.shelf} aria-label={t('shelf.label')} hidden={jobs.length === 0}>
      <Spoken jobs={jobs} />
      <ul className={css.lines}>
        {jobs.map((job) => (
          <Line key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function Line({ job }: { readonly job: Job }): ReactNode {
  const { t } = useTexts('app');
  const { t: jobText } = useTexts('jobs');
  const { tell } = useToast();
  const [isAsking, setAsking] = useState(false);
  const pause = useAct('jobs', 'pause');
  const resume = useAct('jobs', 'resume');
  const cancel = useAct('jobs', 'cancel');
  const { title, id, state, progress } = job;
  const act = ({ mutate }: typeof pause) =>
    mutate({ id }, { onError: ({ message }) => tell(t('shelf.notActed', { title, message })) });
  const words = jobWords(job, t);
  const share = shareOf(progress);
  return (
    <li className={css.line}>
      <Link to="/jobs/$id" params={{ id }} className={css.title} title={title}>
        {title}
      </Link>
      <span className={css.done}>{words.done}</span>
      <Bar label={t('shelf.progress', { title })} share={share} />
      <span className={css.rate}>{words.state ?? words.rate}</span>
      <span className={css.left}>{words.left}</span>
      <span className={css.acts}>
        {state === 'running' && (
          <IconButton
            icon={Pause}
            label={t('shelf.pause', { title })}
            onPress={() => act(pause)}
            isDisabled={pause.isPending}
          />
        )}
        {(state === 'paused' || state === 'interrupted') && (
          <IconButton
            icon={Play}
            label={t('shelf.resume', { title })}
            onPress={() => act(resume)}
            isDisabled={resume.isPending}
          />
        )}
        <IconButton
          icon={X}
          label={t('shelf.cancel', { title })}
          onPress={() => setAsking(true)}
          isDisabled={cancel.isPending}
        />
      </span>
      <ConfirmDialog
        title={jobText('cancel.title', { title })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        consequences={cancelConsequences(job, jobText)}
        confirmLabel={jobText('cancel.confirm')}
        tone="danger"
        onConfirm={() => act(cancel)}
      />
    </li>
  );
}

/** A thin bar in the line itself; without a known whole it says only that something is being done. */
function Bar({ label, share }: { readonly label: string; readonly share: number | undefined }): ReactNode {
  const known = share === undefined ? undefined : Math.round(share * 1000) / 10;
  return (
    <span className={css.bar}>
      <span
        className={css.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(known === undefined ? {} : { 'aria-valuenow': known })}
      >
        <span className={css.fill} style={{ inlineSize: `${known ?? 0}%` }} />
      </span>
      <span className={css.share} aria-hidden>
        {share === undefined ? '' : formatShare(share, 1)}
      </span>
    </span>
  );
}

/** The live region: what all jobs have come to, in one sentence each. */
function Spoken({ jobs }: { readonly jobs: readonly Job[] }): ReactNode {
  const { t } = useTexts('app');
  const latest = useRef(jobs);
  const [text, setText] = useState('');
  const count = jobs.length;
  useEffect(() => {
    latest.current = jobs;
  });
  useEffect(() => {
    const speak = () => {
      const sentences = latest.current.map((job) => {
        const { done, state, left } = jobWords(job, t);
        return t('shelf.spoken', {
          title: job.title,
          state: [done, state ?? left].filter(Boolean).join(', '),
        });
      });
      setText(sentences.join(' '));
    };
    speak();
    if (count === 0) return;
    const timer = setInterval(speak, SPOKEN_EVERY_MS);
    return () => clearInterval(timer);
  }, [count, t]);
  return (
    <VisuallyHidden>
      <span role="status">{text}</span>
    </VisuallyHidden>
  );
}
