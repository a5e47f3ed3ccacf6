import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Debian keeps daemons where the PATH of a user need not lead. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin`;

const whereIs = (program: string): string =>
  spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8', env: { PATH } }).stdout.trim();

/** Whether ClamAV's daemon and the program that asks it are here. */
export const clamdThere = ['clamd', 'clamdscan'].every((program) => whereIs(program) !== '');

export interface Clamd {
  /** To be put first in PATH: there stands `clamdscan`, which asks this daemon and no other. */
  readonly bin: string;
  stop(): void;
}

/** Starts a real ClamAV daemon that knows one virus: a file of exactly these bytes, which it calls Holdfast.Test. */
export async function startClamd(folder: string, virus: Uint8Array): Promise<Clamd> {
  const [config, database, bin] = [join(folder, 'clamd.conf'), join(folder, 'db'), join(folder, 'bin')];
  for (const each of [database, bin]) mkdirSync(each, { recursive: true });
  writeFileSync(config, `LocalSocket ${folder}/clamd.sock\nDatabaseDirectory ${database}\nForeground yes\n`);
  const md5 = createHash('md5').update(virus).digest('hex');
  writeFileSync(join(database, 'test.hdb'), `${md5}:${String(virus.length)}:Holdfast.Test\n`);
  const wrapper = join(bin, 'clamdscan');
  writeFileSync(wrapper, `#!/bin/sh\nexec ${whereIs('clamdscan')} --config-file="${config}" "$@"\n`);
  chmodSync(wrapper, 0o755);
  const daemon = spawn(whereIs('clamd'), ['-c', config], { stdio: 'ignore' });
  const isUp = (): boolean => spawnSync(wrapper, ['--ping', '1'], { stdio: 'ignore' }).status === 0;
  for (let tries = 0; !isUp(); tries++) {
    if (tries > 100) throw new Error('clamd does not start');
    await delay(200);
  }
  return { bin, stop: () => daemon.kill('SIGKILL') };
}
