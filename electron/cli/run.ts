/** Runs one command line: parses it, runs the command, tells what went wrong, answers with an exit code. */
import { userInfo } from 'node:os';
import { CommanderError, type Command } from 'commander';
import type { CliCommand } from './command.ts';
import { EXIT, tell, UsageError, type Told } from './errors.ts';
import { capitalise, clean } from './format/text.ts';
import type { LoadHost } from './host-port.ts';
import { Interrupts } from './interrupts.ts';
import type { Io } from './io.ts';
import { Options, textOf } from './options.ts';
import { Output, type OutputForm } from './output.ts';
import { buildProgram } from './program.ts';
import { showWords } from './words.ts';

export interface RunOptions {
  readonly io: Io;
  readonly version: string;
  readonly loadHost: LoadHost;
}

/** @returns the exit code; everything else has been said on `io`. */
export async function runCli(
  words: readonly string[],
  { io, version, loadHost }: RunOptions,
): Promise<number> {
  const form = formOf(words);
  const output = new Output(io, form, words.includes('--quiet') || words.includes('-q'));
  const interrupts = new Interrupts(io);
  let code: number = EXIT.done;
  const run = async (
    command: CliCommand,
    given: string[],
    values: Record<string, unknown>,
  ): Promise<void> => {
    const options = new Options(values);
    const agent = agentOf(options);
    const commandName = command.name;
    code = await command.run({
      words: given,
      options,
      output,
      io,
      interrupts,
      commandName,
      agent,
      program,
      loadHost,
    });
  };
  const program = buildProgram(
    {
      version,
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      helpWidth: Math.min(io.outColumns() ?? 100, 110),
    },
    run,
  );
  try {
    if (words.length === 0) {
      program.outputHelp();
      return EXIT.done;
    }
    await program.parseAsync(helpWords(words, program), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return usage(error, io, output);
    const told = tell(error);
    say(told, io, output);
    if (io.env.HOLDFAST_DEBUG === '1' && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
    return told.exit;
  } finally {
    interrupts.release();
  }
}

/** commander's own help command looks one word deep: `help location add` would explain `location`. */
function helpWords(words: readonly string[], program: Command): string[] {
  const [first, ...path] = words;
  if (first !== 'help' || path.length === 0 || path[0]?.startsWith('-') === true) return [...words];
  const found = path.reduce<Command | undefined>(
    (command, word) => command?.commands.find((each) => each.name() === word),
    program,
  );
  if (found !== undefined) return [...path, '--help'];
  throw new UsageError(`There is no command "${showWords(path.join(' '))}"; holdfast --help lists all.`);
}

/** Known before anything is parsed: a wrong command line must be told as JSON too. */
function formOf(words: readonly string[]): OutputForm {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  if (options.includes('--ndjson')) return 'ndjson';
  return options.includes('--json') ? 'json' : 'human';
}

function usage(error: CommanderError, io: Io, output: Output): number {
  if (error.exitCode === 0) return EXIT.done; // help or the version was asked for
  if (error.code === 'commander.help') {
    // A group without its second word: commander has put its help on stderr.
    const message = 'A command is incomplete; holdfast --help lists all.';
    if (output.form !== 'human') output.json({ error: { code: 'BAD_INPUT', message } });
    return EXIT.usage;
  }
  const text = showWords(error.message)
    .replace(/^error: /, '')
    .replace(/\n\((.*)\)$/, '. $1')
    .replace(/\n/g, ' ');
  const message = `${capitalise(clean(text))}${/[.?]$/.test(text) ? '' : '.'} holdfast help explains every command.`;
  say({ code: 'BAD_INPUT', message, exit: EXIT.usage }, io, output);
  return EXIT.usage;
}

function say(told: Told, io: Io, output: Output): void {
  if (output.form !== 'human') output.json({ error: { code: told.code, message: told.message } });
  // With JSON on a pipe the document says it all; a person at the terminal still wants to read it.
  if (output.form === 'human' || io.errIsTerminal) io.err(`${clean(told.message)}\n`);
}

function agentOf(options: Options): string {
  const given = options.text('agent');
  if (given !== undefined) {
    if (given.trim() === '')
      throw new UsageError('--agent is empty: an event without an agent proves nothing.');
    return textOf(given.trim(), '--agent');
  }
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? process.env.LOGNAME ?? 'unknown user'; // a user id without an entry in passwd
  }
}
