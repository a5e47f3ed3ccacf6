/** What a command is, and what it is given when it runs. */
import type { Command } from 'commander';
import type { LoadHost } from './host-port.ts';
import type { Interrupts } from './interrupts.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import type { Output } from './output.ts';

export interface Example {
  readonly does: string;
  /** Without `holdfast` in front. */
  readonly line: string;
}

export interface CliCommand {
  /** As it is typed; a second word stands below the first: `location add`. */
  readonly name: string;
  /** One line, without a full stop: the list of commands shows it. */
  readonly summary: string;
  /** What a person should know before using it. */
  readonly description: string;
  readonly examples: readonly [Example, ...Example[]];
  /** Left out of the list of commands, not of help. */
  readonly hidden?: boolean;
  /** What the first word alone means: `findings` is `findings list`. */
  readonly isDefault?: boolean;
  /** Adds arguments and options. */
  define(command: Command): void;
  /** Returns the exit code. */
  run(invocation: Invocation): Promise<number>;
}

export interface Invocation {
  /** Words after the command's name, options taken out. */
  readonly words: readonly string[];
  readonly options: Options;
  readonly output: Output;
  readonly io: Io;
  readonly interrupts: Interrupts;
  /** What was typed, for a host that names who holds the archive. */
  readonly commandName: string;
  readonly agent: string;
  /** The whole tree of commands, for what describes it. */
  readonly program: Command;
  /** Imports the host: sqlite and all. Commands that need no archive never call it. */
  readonly loadHost: LoadHost;
}
