/** The commander tree, from the table of commands. Help, completion and the handbook read the same tree. */
import { Command, Option, type Argument } from 'commander';
import type { CliCommand } from './command.ts';
import { commands, groups } from './commands/index.ts';

const EXIT_CODES = `Exit codes:
  0    done, and nothing needs attention
  1    done, with findings, refusals, or planned work left undone
  2    wrong usage or bad input; nothing was done
  3    could not complete; what was done is recorded and can be resumed
  130  stopped by Ctrl-C`;

const ALWAYS = 'Always:';

export type RunCommand = (
  command: CliCommand,
  words: string[],
  options: Record<string, unknown>,
) => Promise<void>;

export interface ProgramTexts {
  readonly version: string;
  writeOut(text: string): void;
  writeErr(text: string): void;
  readonly helpWidth: number;
}

export function buildProgram(texts: ProgramTexts, run: RunCommand): Command {
  const program: Command = new Command('holdfast')
    .description('Keeps recorded sound: custody, fixity, copies. Originals are never modified.')
    .usage('COMMAND [ARGUMENT…] [OPTION…]')
    .version(texts.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .helpCommand('help [COMMAND…]', 'explain a command')
    .configureHelp({
      showGlobalOptions: true,
      // commander's name for options of the program; a person asks what may always be added.
      styleTitle: (title) => (title === 'Global Options:' ? ALWAYS : title),
      subcommandTerm: (command) =>
        [command.name(), ...command.registeredArguments.map(argumentTerm)].join(' '),
      visibleGlobalOptions: (command) =>
        command.parent === null ? [] : program.options.filter((option) => option.long !== '--version'),
    })
    .configureOutput({
      writeOut: (text) => texts.writeOut(text),
      writeErr: (text) => texts.writeErr(text),
      // Errors are told in one place (run.ts), in words or as JSON.
      outputError: () => undefined,
      getOutHelpWidth: () => texts.helpWidth,
      getErrHelpWidth: () => texts.helpWidth,
    })
    .exitOverride();
  addGlobalOptions(program);
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ');
    const parent = second === undefined ? program : group(program, first);
    const leaf = parent
      .command(second ?? first, { hidden: command.hidden === true, isDefault: command.isDefault === true })
      .summary(command.summary)
      .description(command.description);
    command.define(leaf);
    leaf.addHelpText('after', examplesOf(command));
    leaf.action(async (...given: unknown[]) => {
      const acting = given.at(-1) as Command;
      await run(command, acting.args, acting.optsWithGlobals());
    });
  }
  return program.addHelpText('after', `\nExamples:\n${firstSteps()}\n\n${EXIT_CODES}`);
}

function argumentTerm(argument: Argument): string {
  const name = argument.variadic ? `${argument.name()}…` : argument.name();
  return argument.required ? name : `[${name}]`;
}

function addGlobalOptions(program: Command): void {
  program
    .addOption(
      new Option('--archive <DIR>', 'the archive (default: HOLDFAST_ARCHIVE, else your own)').helpGroup(
        'Always:',
      ),
    )
    .addOption(new Option('--agent <NAME>', 'who acts (default: the user of this system)').helpGroup(ALWAYS))
    .addOption(new Option('--json', 'print one JSON document').helpGroup(ALWAYS))
    .addOption(new Option('-q, --quiet', 'no progress and no notes').helpGroup(ALWAYS));
}

function group(program: Command, name: string): Command {
  const known = program.commands.find((command) => command.name() === name);
  if (known !== undefined) return known;
  const { summary, example } = groups[name] ?? { summary: name, example: `${name} --help` };
  return program
    .command(name)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addHelpText('after', `\nExample:\n  holdfast ${example}`);
}

function examplesOf(command: CliCommand): string {
  const lines = command.examples.map(({ does, line }) => `  # ${does}\n  holdfast ${line}`);
  return `\n${lines.length === 1 ? 'Example' : 'Examples'}:\n${lines.join('\n\n')}`;
}

function firstSteps(): string {
  return [
    '  holdfast init ~/archive --name "Sound archive"',
    '  holdfast accession ~/tapes --title "Miller tapes" --rights-basis other --rights-note "Deed of gift, 2019"',
    '  holdfast audit',
    '  holdfast status',
  ].join('\n');
}
