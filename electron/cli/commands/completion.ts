import { Argument } from 'commander';
import type { CliCommand } from '../command.ts';
import { completionScript, SHELLS } from '../completion/index.ts';
import { EXIT, UsageError } from '../errors.ts';

export const completion: CliCommand = {
  name: 'completion',
  summary: 'print what a shell needs to complete commands',
  description: 'Prints a script that lets bash, zsh or fish complete commands, options and file names.',
  examples: [
    { does: 'bash, in ~/.bashrc', line: 'completion bash >> ~/.bashrc' },
    { does: 'zsh, in a folder of its fpath', line: 'completion zsh > ~/.zfunc/_holdfast' },
    { does: 'fish', line: 'completion fish > ~/.config/fish/completions/holdfast.fish' },
  ],
  define(command) {
    command.addArgument(new Argument('<SHELL>', 'bash, zsh or fish').choices(SHELLS));
  },
  run: ({ words, io, program }) => {
    const shell = SHELLS.find((name) => name === words[0]);
    if (shell === undefined) throw new UsageError('Completion exists for bash, zsh and fish.');
    io.out(completionScript(shell, program));
    return Promise.resolve(EXIT.done);
  },
};
