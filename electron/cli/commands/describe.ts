import type { CliCommand, Invocation } from '../command.ts';
import { FIELD_NAMES } from '../../../shared/domain/description/fields.ts';
import { UsageError } from '../errors.ts';
import { addListOptions } from '../list-pages.ts';
import { collect } from '../options.ts';
import { exportTable, importTable } from '../describe/tables.ts';
import { editValues, replaceValues } from '../describe/values.ts';
import { listEdits, showDescription, undoEdit } from '../describe/history.ts';

/** What the command is asked to do, by the option that says so; without any it shows or edits. */
const ACTS: Readonly<Record<string, (invocation: Invocation) => Promise<number>>> = {
  csv: importTable,
  export: exportTable,
  replace: replaceValues,
  undo: undoEdit,
  edits: listEdits,
};

export const describe: CliCommand = {
  name: 'describe',
  summary: 'say what things are: titles, contributors, dates, notes, identifiers',
  description:
    'Shows and edits description. What is written here stands apart from the files and wins over their tags and names; every ' +
    'value keeps its history, and every edit can be undone. Several values of a field are parted by semicolons (\\; for one ' +
    'that is meant), contributors are written as "Name (role)", dates as EDTF (1962, 1962?, 1962~, 196X, 1962/1965). In a ' +
    'table an empty cell leaves a value as it is, and [clear] takes it away; a cell that a spreadsheet would execute has an ' +
    `apostrophe in front. Fields: ${FIELD_NAMES.join(', ')}.`,
  examples: [
    { does: 'What is said of a tape', line: 'describe item-12 --history' },
    {
      does: 'Say it',
      line: 'describe item-12 --set title="Kettle songs" --set "contributor=Ada Kettle (singer); Ben Pot (recordist)" --set date=1962~',
    },
    {
      does: 'The same for all items of an accession',
      line: 'describe --accession 2026-0001 --set language=cs',
    },
    {
      does: 'A table for a spreadsheet, and back',
      line: 'describe --export ~/tapes.csv --accession 2026-0001',
    },
    {
      does: 'A table of what the accessions and collections say of themselves',
      line: 'describe --export ~/fonds.csv --only collections,accessions',
    },
    { does: 'What a table would change', line: 'describe --csv ~/tapes.csv --dry-run' },
    { does: 'Take in a table, without its wrong rows', line: 'describe --csv ~/tapes.csv --skip-bad' },
    {
      does: 'Find and replace, looking first',
      line: 'describe --replace Beethofen --with Beethoven --field title --collection Radio --dry-run',
    },
    { does: 'Take an edit back', line: 'describe --undo edit-3' },
  ],
  define(command) {
    command
      .argument('[ID...]', 'items, parts, accessions or collections')
      .option('--set <FIELD=VALUE>', 'write a field; again for further ones', collect)
      .option('--clear <FIELD>', 'take away what was written: what the file says shows again', collect)
      .option('--history', 'with every value that ever stood')
      .option('--csv <FILE>', 'take in a table')
      .option('--export <FILE>', 'write a table: of everything, or of what is named')
      .option('--replace <TEXT>', 'find this text, upper and lower case apart')
      .option('--with <TEXT>', 'and put this in its place')
      .option('--field <FIELD>', 'the field to replace in')
      .option('--undo <EDIT>', 'take an edit back, unless its values have changed since')
      .option('--edits', 'list the edits that were made, newest first')
      .option('--accession <NUMBER>', 'what an accession holds: its number or id')
      .option('--collection <NAME>', 'what a collection holds: its name or id')
      .option('--search <TEXT>', 'what a search finds')
      .option('--only <KINDS>', 'collections, accessions, items or parts; several with commas')
      .option('--dry-run', 'show what would change, and change nothing')
      .option('--skip-bad', 'take in a table without its wrong rows')
      .option('--encoding <NAME>', 'of the table, where it is not found by looking: utf-8, windows-1250, …')
      .option('--separator <CHARACTER>', 'of the table: a comma, a semicolon, or tab');
    addListOptions(command);
  },
  run(invocation) {
    const { options } = invocation;
    const given = Object.keys(ACTS).filter((name) => options.flag(name) || options.word(name) !== undefined);
    const edits = options.list('set').length + options.list('clear').length > 0;
    if (given.length + (edits ? 1 : 0) > 1)
      throw new UsageError(
        'These are several acts at once. Give one of: --set and --clear, --csv, --export, --replace, --undo, --edits.',
      );
    const act = ACTS[given[0] ?? ''];
    if (act !== undefined) return act(invocation);
    return edits ? editValues(invocation) : showDescription(invocation);
  },
};
