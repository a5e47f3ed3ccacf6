import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { collect } from '../options.ts';
import { pathFromBase64, pathFromWord } from '../paths.ts';
import { defineOut, outOf, runReport, WRITTEN } from '../report-options.ts';

export const reportCertificate: CliCommand = {
  name: 'report certificate',
  summary: 'certify the fixity of one file, so that a stranger can check it',
  description:
    'Writes what is recorded of one file: its digests, its copies and when each was verified, the history of its checks, and the proof that the signed log holds ' +
    'the last of them, with the commands by which anybody checks file, proof and signature without this program. A page that prints (HTML), JSON, and ' +
    'the proof by itself. ' +
    WRITTEN,
  examples: [
    { does: 'Of a file in custody', line: 'report certificate ~/tapes/reel-3.wav --pdf --out ~/handed-over' },
    { does: 'Of an object, by its id', line: 'report certificate obj-12' },
  ],
  define(command) {
    command
      .argument('[OBJECT|REPLICA|PATH]', 'id, SHA-256, or the path of a file in custody')
      .option('--path-base64 <B64>', 'a path as base64 of its bytes, for names that are not UTF-8', collect);
    defineOut(command);
  },
  run: (invocation) => {
    const { words, options } = invocation;
    const base64 = options.list('pathBase64');
    const [word] = words;
    if (words.length + base64.length !== 1)
      throw new UsageError('Name one file: an id, a SHA-256 or a path. Nothing was written.');
    const isId = word !== undefined && (parsePublicId(word) !== undefined || /^[0-9a-f]{64}$/i.test(word));
    const of = isId
      ? { id: word.toLowerCase() }
      : { path: word === undefined ? pathFromBase64(base64[0] ?? '') : pathFromWord(word) };
    return runReport(invocation, { kind: 'certificate', ...of, ...outOf(options) });
  },
};
