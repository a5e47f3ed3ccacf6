/** Other users of the machine reach 127.0.0.1 too; on Linux they are not answered, whatever they know. */
import { spawn } from 'node:child_process';
import { expect } from 'vitest';
import { loopback } from '../support/loopback.ts';
import { itWith } from '../support/skips.ts';

const NOBODY = 65534;
/** Prints the status that a request for the URL in its argument is answered with. */
const SCRIPT = `
const [url] = process.argv.slice(1);
fetch(url, { redirect: 'manual' }).then(({ status }) => console.log(status), () => console.log('hung up'));
`;

itWith(
  {
    that: 'root on Linux, to act as another user',
    available: process.platform === 'linux' && process.getuid?.() === 0,
  },
  'a user who has seen the link, in a list of processes say, opens nothing with it',
  async () => {
    const shell = await loopback();
    const asUser = async (uid: number): Promise<string> => {
      const url = `${shell.origin}/?token=${await shell.token()}`;
      const child = spawn(process.execPath, ['-e', SCRIPT, url], {
        uid,
        gid: uid,
        cwd: '/',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      for await (const part of child.stdout.setEncoding('utf8')) said += String(part);
      return said.trim();
    };
    expect(await asUser(NOBODY)).toBe('hung up');
    expect(await asUser(0)).toBe('303');
  },
);
