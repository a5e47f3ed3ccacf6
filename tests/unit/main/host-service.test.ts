import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createArchive, openHost } from '../../../electron/host/index.ts';
import type { FromHost } from '../../../electron/main/host-messages.ts';
import { HostService } from '../../../electron/main/host-service.ts';
import type { Contract } from '../../../shared/contract/index.ts';
import { tempFolder } from '../../support/temp.ts';

async function service() {
  const folder = tempFolder();
  const archive = join(folder, 'archive');
  await createArchive({ dir: archive, name: 'Tapes', agent: 'Ada' });
  const told: FromHost[] = [];
  const ended = Promise.withResolvers<void>();
  const running = new HostService({
    tell: (message) => told.push(message),
    exit: () => ended.resolve(),
    async open(path = archive) {
      const stateFolder = join(folder, 'state');
      const options = { agent: 'Ada', mode: 'write', command: 'app', stateFolder, remember: true } as const;
      return { path, host: await openHost({ archive: path, ...options }) };
    },
  });
  return { running, told, archive, ended: ended.promise };
}

describe('the service in the process of the host', () => {
  it('opens an archive, tells of it, serves the contract to a window and closes', async () => {
    const { running, told, archive, ended } = await service();
    running.take({ type: 'open', resume: [] });
    const { port1, port2 } = new MessageChannel();
    // Before it is open: a window is quicker than a catalogue.
    running.take({ type: 'serve' }, [port2]);
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port1 }));
    port1.start();
    expect((await client.archive.status()).archive.name).toBe('Tapes');
    expect(told[0]).toMatchObject({ type: 'opened', name: 'Tapes', path: archive });
    expect(told[1]).toEqual({
      type: 'health',
      health: { findings: 0, overdue: 0, awaiting: 0, replicas: 0 },
    });
    await expect.poll(() => told).toContainEqual({ type: 'jobs', running: [] });
    running.take({ type: 'ping' });
    expect(told.at(-1)).toEqual({ type: 'pong' });
    running.take({ type: 'close' });
    running.take({ type: 'close' });
    await ended;
    expect(told.filter(({ type }) => type === 'closed')).toEqual([{ type: 'closed', notes: [] }]);
    port1.close();
  });

  it('says in words why it could not, closes the lines that wait, and still ends when asked', async () => {
    const { running, told, ended } = await service();
    running.take({ type: 'open', archive: '/nowhere/at/all', resume: [] });
    const { port1, port2 } = new MessageChannel();
    const closed = new Promise((resolve) => port1.on('close', resolve));
    running.take({ type: 'listen', replica: 'rep-1' }, [port2]);
    await closed;
    expect(told).toMatchObject([{ type: 'refused', code: 'ARCHIVE_NOT_FOUND' }]);
    expect(JSON.stringify(told)).toContain('/nowhere/at/all');
    running.take({ type: 'close' });
    await ended;
  });
});
