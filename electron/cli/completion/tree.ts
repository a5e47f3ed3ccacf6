/** The tree of commands as completion scripts need it. */
import type { Command, Option } from 'commander';
import { RIGHTS_BASES } from '../../../shared/domain/rights.ts';

export interface CompletionOption {
  readonly short?: string;
  readonly long: string;
  readonly description: string;
  /** What it takes: nothing, one of some words, a folder, or any text. */
  readonly takes: 'nothing' | 'text' | 'folder' | readonly string[];
}

export interface CompletionCommand {
  /** Words after `holdfast`, joined by a space; empty for the program itself. */
  readonly path: string;
  readonly description: string;
  readonly options: readonly CompletionOption[];
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  /** Its first argument is one of these words. */
  readonly words: readonly string[];
  readonly takesFiles: boolean;
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  '--rights-basis': RIGHTS_BASES,
  '--writes': ['never', 'recover'],
};

export function completionTree(program: Command): CompletionCommand[] {
  const all: CompletionCommand[] = [];
  const visit = (command: Command, path: string): void => {
    const helper = command.createHelp();
    const visible = helper.visibleCommands(command);
    all.push({
      path,
      description: command.description(),
      options: [
        ...helper.visibleOptions(command),
        ...(path === '' ? [] : program.options.filter(isShared)),
      ].map(optionOf),
      subcommands: visible.map((each) => ({
        name: each.name(),
        description: each.summary() || each.description(),
      })),
      words: command.registeredArguments[0]?.argChoices ?? [],
      takesFiles: command.registeredArguments.some((argument) => /PATH|DIR|FOLDER/.test(argument.name())),
    });
    for (const each of visible) {
      const below = path === '' ? each.name() : `${path} ${each.name()}`;
      if (each.name() !== 'help') visit(each, below);
      else all.push({ ...empty, path: below, description: each.description(), words: namesBelow(command) });
    }
  };
  visit(program, '');
  return all;
}

const empty: CompletionCommand = {
  path: '',
  description: '',
  options: [],
  subcommands: [],
  words: [],
  takesFiles: false,
};

function namesBelow(command: Command): string[] {
  return command.commands.map((each) => each.name());
}

/** The version is no option of a command. */
function isShared(option: Option): boolean {
  return option.long !== '--version';
}

function optionOf(option: Option): CompletionOption {
  const long = option.long ?? option.flags;
  const short = option.short === undefined ? {} : { short: option.short };
  return { ...short, long, description: option.description, takes: takes(option, long) };
}

function takes(option: Option, long: string): CompletionOption['takes'] {
  if (!option.required && !option.optional) return 'nothing';
  return CHOICES[long] ?? (long === '--archive' ? 'folder' : 'text');
}
