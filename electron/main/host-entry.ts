/** The process of the host. Electron is not imported: it is the parent, and gives ports over process.parentPort. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { createArchive, defaultArchiveDir, openHost } from '../host/index.ts';
import type { ToHost } from './host-messages.ts';
import { HostService } from './host-service.ts';
import type { Line } from './line.ts';

interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: Line[] }) => void,
  ): unknown;
  postMessage(message: unknown): void;
}

/** The app stays open for days: locations get what changed of the catalogue once nobody has acted for so long. */
const PROTECT_AFTER_MS = 60_000;
/** Cron counts in minutes. */
const SCHEDULE_EVERY_MS = 60_000;
const EXIT_AFTER_MS = 100;

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
if (parentPort === undefined) throw new Error('This is started by the Holdfast app, not by a person.');

const service = new HostService({
  tell: (message) => parentPort.postMessage(message),
  // What was told last must still go out.
  exit: () => setTimeout(() => process.exit(0), EXIT_AFTER_MS),
  async open(given) {
    const path = given ?? defaultArchiveDir();
    const agent = userInfo().username;
    // Only the person's own archive is made: a folder that was chosen and is none must stay as it is.
    if (given === undefined && !existsSync(join(path, 'archive.json')))
      await createArchive({ dir: path, name: 'Sound archive', agent });
    const host = await openHost({
      archive: path,
      agent,
      mode: 'write',
      command: 'app',
      readers: 2,
      remember: true,
      protectAfterMs: PROTECT_AFTER_MS,
      scheduleEveryMs: SCHEDULE_EVERY_MS,
    });
    return { host, path };
  },
});
parentPort.on('message', ({ data, ports }) => service.take(data as ToHost, ports));
