import type { RebuildProblem, RebuildResult } from '../../../shared/contract/rebuild.ts';
import { EXIT } from '../errors.ts';
import { count, counted } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { showReasons } from './problems.ts';

/** What was rebuilt, and what did not agree; the exit code that follows. */
export function showRebuild(output: Output, result: RebuildResult): number {
  const { archive, snapshot, supplements, bagsWithoutSupplement, problems, problemsTotal, notes } = result;
  const sources = [
    snapshot === null ? 'no snapshot' : `the snapshot of event ${count(snapshot.eventSeq)}`,
    counted(supplements, 'newer supplement'),
    ...(bagsWithoutSupplement > 0
      ? [`${counted(bagsWithoutSupplement, 'bag')} that nothing else told of`]
      : []),
  ];
  output.lines(
    `The archive "${clean(archive.name)}" was rebuilt at ${clean(archive.path)} from ${sources.join(', ')}.`,
    `${counted(result.accessions, 'accession')}, ${counted(result.items, 'item')}, ${counted(result.objects, 'content')}, ` +
      `${counted(result.replicas, 'copy', 'copies')}, ${counted(result.bags, 'bag')}, ${counted(result.descriptions, 'description')}, ` +
      `${counted(result.events, 'event')}.`,
    'No recording was read: every copy counts as not checked until an audit: holdfast audit',
  );
  const told = (rows: readonly RebuildProblem[]) =>
    rows.map(({ path, message }) => ({
      path: path.display === '' ? { display: archive.path } : path,
      reason: message,
    }));
  showReasons(
    output,
    counted(problemsTotal, 'thing') + ' to look at',
    told(problems),
    problemsTotal,
    'use --json for the first thousand',
  );
  showReasons(
    output,
    `${count(notes.length)} worth knowing`,
    told(notes),
    notes.length,
    'use --json for all',
  );
  return problemsTotal > 0 ? EXIT.attention : EXIT.done;
}
