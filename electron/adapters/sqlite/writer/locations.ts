import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../../shared/domain/ids.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import type { ActingAgent, CatalogueWriter } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

type NewLocation = Omit<Parameters<CatalogueWriter['addLocation']>[0], 'agent'>;

export function addLocation(
  context: WriterContext,
  input: Parameters<CatalogueWriter['addLocation']>[0],
): number {
  requireFreeName(context.connection, input.name);
  return insertLocation(context, input, actorId(context.connection, input.agent.name));
}

/** @throws HoldfastError BAD_INPUT for a name that would be taken for another location */
export function requireFreeName(connection: Connection, name: string): void {
  if (parsePublicId(name)?.kind === 'location')
    throw new HoldfastError('BAD_INPUT', `"${name}" is how a location's id looks. Choose another name.`);
  if (connection.sql('SELECT 1 FROM locations WHERE name = ?').get(name) !== undefined)
    throw new HoldfastError('BAD_INPUT', `There is a location named "${name}" already. Choose another name.`);
}

/** Adds a location, with its event; a name that is taken gets a number. */
export function insertLocation(context: WriterContext, input: NewLocation, agent: number): number {
  const { connection } = context;
  const now = Date.now();
  const isTaken = connection.sql('SELECT 1 FROM locations WHERE name = ?');
  let name = input.name;
  for (let n = 2; isTaken.get(name) !== undefined; n++) name = `${input.name} (${n})`;
  const { lastInsertRowid } = connection
    .sql(
      `INSERT INTO locations
         (name, kind, root, writes, site, medium, failure_group, file_system, root_inode, marker, created_at, last_reached_at)
       VALUES (?, 'folder', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      name,
      input.root,
      input.writes,
      input.site ?? null,
      input.medium ?? null,
      input.failureGroup ?? null,
      input.fileSystem ?? null,
      input.inode,
      input.marker ?? null,
      now,
      now,
    );
  const id = Number(lastInsertRowid);
  context.events.append(
    {
      type: 'policy assignment',
      outcome: 'success',
      agentId: agent,
      links: [{ kind: 'location', id }],
      facts: { location: id, writes: input.writes },
      details: {
        note: `Location "${name}" added at ${displayPath(input.root)}`,
        name,
        root: displayPath(input.root),
      },
    },
    now,
  );
  return id;
}

export function relinkLocation(
  context: WriterContext,
  id: number,
  to: { readonly root: RawPath; readonly fileSystem?: string; readonly inode: bigint },
  agent: ActingAgent,
): void {
  const { connection } = context;
  const before = connection
    .sql<{ name: string; root: Buffer }>('SELECT name, root FROM locations WHERE id = ?')
    .get(id);
  if (before === undefined) throw new HoldfastError('NOT_FOUND', `There is no loc-${id} in this archive.`);
  const now = Date.now();
  connection
    .sql('UPDATE locations SET root = ?, file_system = ?, root_inode = ?, last_reached_at = ? WHERE id = ?')
    .run(to.root, to.fileSystem ?? null, to.inode, now, id);
  const from = displayPath(before.root as Uint8Array as RawPath);
  context.events.append(
    {
      type: 'metadata modification',
      outcome: 'success',
      agentId: actorId(connection, agent.name),
      links: [{ kind: 'location', id }],
      facts: { location: id, changed: ['root'] },
      details: {
        note: `Location "${before.name}" re-linked from ${from} to ${displayPath(to.root)}`,
        from,
        to: displayPath(to.root),
      },
    },
    now,
  );
}

export function locationReached({ connection }: WriterContext, id: number): void {
  connection.sql('UPDATE locations SET last_reached_at = ? WHERE id = ?').run(Date.now(), id);
}
