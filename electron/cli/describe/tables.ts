/** `describe --csv` and `--export`. */
import type { ImportResult } from '../../../shared/contract/description.ts';
import type { Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { count, counted } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Options } from '../options.ts';
import { pathFromWord } from '../paths.ts';
import { editLines, problemRows } from '../report/description.ts';
import { withHost } from '../with-host.ts';
import { kindsOf, shownFor, targetOf } from './targets.ts';

export async function exportTable(invocation: Invocation): Promise<number> {
  const { options, output } = invocation;
  const path = pathFromWord(options.word('export') ?? '');
  const target = targetOf(invocation);
  const of = kindsOf(invocation);
  const separator = separatorOf(options);
  if (separator === '|') throw new UsageError('A table is written with a comma, a semicolon, or tab.');
  return withHost(invocation, 'read', async (client) => {
    const written = await client.description.exportCsv({
      path,
      ...(target !== undefined && { target }),
      ...(of !== undefined && { of }),
      ...(separator !== undefined && { separator }),
    });
    output.json({ ...written, changes: [] });
    output.lines(
      `${counted(written.rows, 'row')} written to ${clean(written.path.display)} (UTF-8). ` +
        'Leave the columns id and version as they are; see what it would change with: holdfast describe --csv FILE --dry-run',
    );
    return EXIT.done;
  });
}

export async function importTable(invocation: Invocation): Promise<number> {
  const { words, options } = invocation;
  if (words.length > 0 || targetOf(invocation) !== undefined)
    throw new UsageError('A table says itself what it describes: --csv takes no ids and no other choice.');
  const dryRun = options.flag('dryRun');
  const encoding = options.text('encoding');
  const separator = separatorOf(options);
  const input = {
    path: pathFromWord(options.word('csv') ?? ''),
    dryRun,
    skipBad: options.flag('skipBad'),
    shown: shownFor(invocation),
    ...(encoding !== undefined && { encoding }),
    ...(separator !== undefined && { separator }),
  };
  return withHost(invocation, dryRun ? 'read' : 'write', async (client) =>
    tellImport(invocation, await client.description.importCsv(input), dryRun, input.skipBad),
  );
}

/** 1 where rows were wrong and passed over, or would have been; 2 where nothing was done because of them. */
function tellImport(invocation: Invocation, result: ImportResult, dryRun: boolean, skipBad: boolean): number {
  const { output } = invocation;
  const { rows, wrongRows, problems, unknownColumns, encoding } = result;
  const refused = wrongRows > 0 && !dryRun && !skipBad;
  const verdict =
    `${count(wrongRows)} of ${counted(rows, 'row')} ${wrongRows === 1 ? 'is' : 'are'} wrong` +
    (refused
      ? ', so that nothing was done. Mend them, or pass over them with --skip-bad.'
      : dryRun
        ? '. As long as they are, the table is taken in with --skip-bad alone.'
        : ' and passed over.');
  output.json({
    ...(refused && { error: { code: 'BAD_INPUT', message: verdict } }),
    ...result,
    ...(refused && { changes: [] }),
    dryRun,
  });
  for (const { column, nearest } of unknownColumns)
    output.note(
      `The column "${clean(column)}" is no field and was passed over${nearest === undefined ? '' : `; perhaps ${nearest} is meant`}.`,
    );
  if (encoding !== 'utf-8' && !encoding.startsWith('utf-16'))
    output.note(`Read as ${encoding}; where letters look wrong, say --encoding.`);
  output.lines(...problemRows(problems, output.width));
  if (wrongRows > 0) output.lines(verdict);
  if (!refused) output.lines(...editLines(result, dryRun, output.width));
  return refused ? EXIT.usage : wrongRows > 0 ? EXIT.attention : EXIT.done;
}

function separatorOf(options: Options): ',' | ';' | '\t' | '|' | undefined {
  const text = options.text('separator');
  if (text === undefined) return undefined;
  const named: Readonly<Record<string, ',' | ';' | '\t' | '|'>> = {
    ',': ',',
    comma: ',',
    ';': ';',
    semicolon: ';',
    '\t': '\t',
    '\\t': '\t',
    tab: '\t',
    '|': '|',
  };
  const separator = named[text.toLowerCase()];
  if (separator !== undefined) return separator;
  throw new UsageError(`--separator takes a comma, a semicolon, or tab; "${text}" is none of them.`);
}
