import type { HandOut } from '../../../shared/contract/hand-outs.ts';
import { shellWord } from './shell-word.ts';

/** How anyone checks a package with what is on their machine, a command a line, to be run beside it. */
export function packageCheck({ as, name, digests }: Pick<HandOut, 'as' | 'name' | 'digests'>): string {
  const strongest = digests.includes('sha256') ? 'sha256' : 'sha512';
  return [
    ...(as === 'tar' ? [`tar -xf ${shellWord(`${name}.tar`)}`] : []),
    ...(as === 'zip' ? [`unzip -q ${shellWord(`${name}.zip`)}`] : []),
    `cd ${shellWord(name)}`,
    `${strongest}sum -c tagmanifest-${strongest}.txt`,
    `${strongest}sum -c manifest-${strongest}.txt`,
  ].join('\n');
}
