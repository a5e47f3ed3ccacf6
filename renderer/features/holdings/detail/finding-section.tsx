import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import {
  lookSentence,
  readEvidence,
  type Evidence,
  type Seen,
} from '../../../../shared/domain/finding-evidence.ts';
import { PROBLEMS, problemMessage, type ProblemCode } from '../../../../shared/domain/problem-codes.ts';
import {
  Digest,
  Facts,
  formatBytes,
  formatCount,
  formatPosition,
  SafeText,
  Term,
  Time,
  useTexts,
  type Texts,
} from '../../../ui/index.ts';
import css from './detail.module.css';

type Row = { readonly term: ReactNode; readonly value: ReactNode };

/** What an audit found, fact by fact: what was recorded, what was read, when, and by which run. */
export function FindingSection({ entity }: { readonly entity: Entity }): ReactNode {
  const { t } = useTexts('holdings');
  const { outcome, detail, run, openedAt, lastSeenAt, resolvedAt, resolution } = entity.facts;
  const evidence = readEvidence(typeof detail === 'string' ? detail : '');
  const rows: Row[] = [
    { term: <Term id="finding">{t('finding.outcome')}</Term>, value: t(`outcome.${String(outcome)}`) },
    ...seenRows(evidence.expected, 'recorded', t),
    ...seenRows(evidence.observed, 'read', t),
    ...said(evidence, t).map((words) => ({ term: t('finding.evidence'), value: <SafeText value={words} /> })),
    ...timeRow(t('finding.opened'), openedAt),
    ...timeRow(t('finding.seen'), lastSeenAt),
    { term: t('finding.run'), value: <span className={css.id}>{String(run)}</span> },
    ...(typeof resolution === 'string' && resolution !== ''
      ? [{ term: t('finding.resolution'), value: <SafeText value={resolution} isMultiline /> }]
      : []),
    ...timeRow(t('finding.resolved'), resolvedAt),
  ];
  return (
    <div className={css.stack}>
      <p className={css.note}>{t('finding.kept')}</p>
      <Facts rows={rows} />
      <p>
        <Link to="/fixity/$id" params={{ id: entity.id }}>
          {t('finding.decide')}
        </Link>
      </p>
      {entity.replicas[0] !== undefined && (
        <p>
          <Link to="/locations/$id" params={{ id: entity.replicas[0].location }}>
            {t('finding.others')}
          </Link>
        </p>
      )}
    </div>
  );
}

function seenRows(seen: Seen | undefined, which: 'recorded' | 'read', t: Texts): Row[] {
  if (seen === undefined) return [];
  return [
    {
      term: t(`finding.${which}Size`),
      value: t('finding.size', { size: formatBytes(seen.size), bytes: formatCount(seen.size) }),
    },
    { term: t(`finding.${which}Digest`), value: <Digest value={seen.sha256} algorithm="SHA-256" /> },
  ];
}

function timeRow(term: string, at: unknown): Row[] {
  return typeof at === 'string' ? [{ term, value: <Time at={at} /> }] : [];
}

function said(
  { words, problem, errno, offset, reason, look, suspectedSilentCorruption }: Evidence,
  t: Texts,
): string[] {
  const sound = lookSentence(look);
  return [
    ...(sound === undefined ? [] : [t(`finding.${sound}`, { time: formatPosition(look?.fromMs ?? 0) })]),
    ...(look?.bytes === undefined || sound === 'soundSame'
      ? []
      : [t('finding.bytes', { from: formatCount(look.bytes[0]), to: formatCount(look.bytes[1]) })]),
    ...(words === undefined ? [] : [words]),
    ...(problem !== undefined && Object.hasOwn(PROBLEMS, problem)
      ? [problemMessage(problem as ProblemCode, { errno, offset })]
      : []),
    ...(reason === undefined ? [] : [reason]),
    ...(suspectedSilentCorruption ? [t('finding.silent')] : []),
  ];
}
