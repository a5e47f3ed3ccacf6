import type { HandOut } from '../../../../shared/contract/hand-outs.ts';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { pathToJson, type RawPath } from '../../../../shared/domain/path.ts';
import type { Page, PageRequest } from '../../../core/ports/common.ts';
import type { UnfinishedHandOut, Withheld } from '../../../core/ports/handing-out.ts';
import type { Connection } from '../connection.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { factsOf } from './entity-holdings.ts';
import { eventsBySeq } from './events.ts';
import { pageOf } from './jobs.ts';
import { hex, json, time, timeIf, valueIf } from './rows.ts';

interface HandOutRow {
  readonly id: number;
  readonly state: HandOut['state'];
  readonly of: string;
  readonly name: string;
  readonly form: HandOut['as'];
  readonly path: Buffer;
  readonly token: string;
  readonly recipient: string | null;
  readonly reserved: string;
  readonly reserved_by: string | null;
  readonly override_reason: string | null;
  readonly files: number;
  readonly bytes: number;
  readonly withheld: string;
  readonly digests: string;
  readonly seal_of: string | null;
  readonly seal: Buffer | null;
  readonly seal_file: Buffer | null;
  readonly log_events: number;
  readonly log_head: string;
  readonly agent: string;
  readonly opened_at: number;
  readonly closed_at: number | null;
  readonly event_seq: number | null;
}

const HAND_OUT = 'SELECT h.*, g.name AS agent FROM hand_outs h JOIN agents g ON g.id = h.agent_id';

/** Newest first. */
export function handOutsPage(connection: Connection, page: PageRequest): Page<HandOut> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'hand-outs', ['integer']);
  const found = connection
    .sql<HandOutRow>(`${HAND_OUT} ${after ? 'WHERE h.id < ?' : ''} ORDER BY h.id DESC LIMIT ?`)
    .all(...(after ?? []), limit + 1);
  return pageOf(found, limit, 'hand-outs', handOutOf);
}

export function handOut(connection: Connection, id: number): HandOut | undefined {
  const row = connection.sql<HandOutRow>(`${HAND_OUT} WHERE h.id = ?`).get(id);
  return row && handOutOf(row);
}

export function unfinishedHandOuts(connection: Connection): UnfinishedHandOut[] {
  return connection
    .sql<HandOutRow & { readonly state: UnfinishedHandOut['state'] }>(
      `${HAND_OUT} WHERE h.state IN ('open', 'sealed') ORDER BY h.id`,
    )
    .all()
    .map(({ id, state, name, path, token, seal_of: of, seal: sha256, seal_file }) => ({
      id,
      state,
      name,
      path: path as Uint8Array as RawPath,
      token,
      ...(of !== null && sha256 !== null && { seal: { of, sha256, ...valueIf('file', seal_file) } }),
    }));
}

/** For whoever asks what an id is. */
export function describeHandOut(connection: Connection, id: number): Entity | undefined {
  const found = handOut(connection, id);
  if (found === undefined) return undefined;
  const { event, reservation, seal } = found;
  return {
    kind: 'handOut',
    id: found.id,
    title: found.name,
    facts: factsOf({
      state: found.state,
      of: found.of,
      form: found.as,
      path: found.path.display,
      recipient: found.recipient ?? null,
      reserved: reservation === undefined ? null : `${reservation.uses.join(', ')} by ${reservation.by}`,
      overrideRights: found.overrideRights ?? null,
      files: found.files,
      bytes: found.bytes,
      withheld: found.withheld,
      digests: found.digests.join(', '),
      seal: seal === undefined ? null : `${seal.of}: ${seal.sha256}`,
      fileSha256: seal?.file ?? null,
      agent: found.agent,
      openedAt: found.openedAt,
      closedAt: found.closedAt ?? null,
      logHead: found.log.head,
      event: event ?? null,
    }),
    parts: [],
    replicas: [],
    identifiers: [],
    events: event === undefined ? [] : eventsBySeq(connection, [Number(event.slice(event.indexOf('-') + 1))]),
  };
}

function handOutOf(row: HandOutRow): HandOut {
  const withheld = (json(row.withheld) ?? []) as Withheld[];
  const uses = (json(row.reserved) ?? []) as NonNullable<HandOut['reservation']>['uses'];
  return {
    id: publicId('handOut', row.id),
    state: row.state,
    of: row.of,
    name: row.name,
    as: row.form,
    path: pathToJson(row.path as Uint8Array as RawPath),
    ...valueIf('recipient', row.recipient),
    ...(row.reserved_by !== null && { reservation: { uses, by: row.reserved_by } }),
    ...valueIf('overrideRights', row.override_reason),
    files: row.files,
    bytes: row.bytes,
    withheld: withheld.reduce((sum, { files }) => sum + files, 0),
    digests: (json(row.digests) ?? []) as HandOut['digests'],
    ...(row.seal !== null && {
      seal: {
        of: row.seal_of ?? '',
        sha256: hex(row.seal),
        ...(row.seal_file !== null && { file: hex(row.seal_file) }),
      },
    }),
    agent: row.agent,
    openedAt: time(row.opened_at),
    ...timeIf('closedAt', row.closed_at),
    log: { events: row.log_events, head: row.log_head },
    ...(row.event_seq !== null && { event: publicId('event', row.event_seq) }),
  };
}
