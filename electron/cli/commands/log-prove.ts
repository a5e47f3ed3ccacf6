import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { collect } from '../options.ts';
import { pathFromBase64, pathFromWord } from '../paths.ts';
import { withHost } from '../with-host.ts';

export const logProve: CliCommand = {
  name: 'log prove',
  summary: 'hand out a proof that a file was verified',
  description:
    'Writes one JSON document which proves that the log holds the newest check of a copy: whoever has the public key (keys/*.public.pem) ' +
    'checks it on any machine, without this archive. Of an object, the copy that was verified last. It names no path and nobody unless ' +
    '--with-names is given. The head of the log that it ends with is entered as lodged with whoever gets it.',
  examples: [
    {
      does: 'For a file',
      line: 'log prove ~/tapes/reel-3.wav --out reel-3.proof.json --holder "City archive"',
    },
    { does: 'For an object, by its id', line: 'log prove obj-12 --out obj-12.proof.json' },
    {
      does: 'Check it elsewhere',
      line: 'log verify --proof reel-3.proof.json --key archive.public.pem',
    },
  ],
  define(command) {
    command
      .argument('[OBJECT|REPLICA|PATH]', 'id, SHA-256, or the path of a file in custody')
      .option('--out <FILE>', 'the file to write; never over one that is there (default: standard output)')
      .option('--holder <NAME>', 'who gets it, for the register of heads (default: the name of the file)')
      .option('--with-names', 'also say the path, and the names of location and archive')
      .option('--path-base64 <B64>', 'a path as base64 of its bytes, for names that are not UTF-8', collect);
  },
  run: (invocation) => {
    const { words, options, output, io } = invocation;
    const base64 = options.list('pathBase64');
    const [word] = words;
    if (words.length + base64.length !== 1)
      throw new UsageError('Name one thing to prove: an id, a SHA-256 or a path.');
    const out = options.text('out');
    if (out !== undefined && existsSync(out))
      throw new UsageError(`${out} is there already, and is not written over. Choose another name.`);
    const holder = options.text('holder') ?? (out === undefined ? 'standard output' : basename(out));
    const isId = word !== undefined && (parsePublicId(word) !== undefined || /^[0-9a-f]{64}$/i.test(word));
    const of = isId
      ? { id: word.toLowerCase() }
      : { path: word === undefined ? pathFromBase64(base64[0] ?? '') : pathFromWord(word) };
    return withHost(invocation, 'write', async (client) => {
      const proof = await client.proofs.prove({ ...of, withNames: options.flag('withNames'), holder });
      const { events, keys } = proof;
      const head = events.at(-1)?.hash ?? '';
      if (out === undefined) {
        if (output.form === 'human') io.out(`${JSON.stringify(proof)}\n`);
        else output.json({ ...proof });
        return EXIT.done;
      }
      writeFileSync(out, `${JSON.stringify(proof)}\n`, { flag: 'wx' });
      output.json({ path: out, head, events: events.length, keys: keys.map(({ id }) => id), holder });
      output.lines(
        `Proof written: ${clean(out)}`,
        `Its head is entered as lodged with ${clean(holder)}. To check it: holdfast log verify --proof FILE --key PUBLIC.pem`,
      );
      return EXIT.done;
    });
  },
};
