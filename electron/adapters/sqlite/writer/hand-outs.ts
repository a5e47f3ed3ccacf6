import type { HandOutWriter, NewHandOut, Seal, Withheld } from '../../../core/ports/handing-out.ts';
import type { NamedSelection } from '../../../core/ports/manifests.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import type { ActingAgent } from '../../../core/ports/common.ts';
import type { WriterContext } from './context.ts';
import { actorId, type NewEvent } from './events.ts';

/** Of more than these the event says how many they are: it grows with acts, and not with what they are about. */
const MOST_LINKS = 100;

type Call<Name extends keyof HandOutWriter> = Awaited<ReturnType<HandOutWriter[Name]>>;

export function openHandOut(
  { connection }: WriterContext,
  handOut: NewHandOut,
  by: ActingAgent,
): Call<'openHandOut'> {
  const { selection, reservation, log } = handOut;
  const { lastInsertRowid } = connection
    .sql(
      `INSERT INTO hand_outs (state, of, name, form, path, token, recipient, reserved, reserved_by, override_reason, selection,
         files, bytes, withheld, digests, log_events, log_head, agent_id, opened_at)
       VALUES ('open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      handOut.of,
      handOut.name,
      handOut.form,
      handOut.path,
      handOut.token,
      handOut.recipient ?? null,
      JSON.stringify(reservation?.uses ?? []),
      reservation?.by ?? null,
      handOut.overrideRights ?? null,
      JSON.stringify(selection),
      handOut.files,
      handOut.bytes,
      JSON.stringify(handOut.withheld),
      JSON.stringify(handOut.digests),
      log.events,
      log.head,
      actorId(connection, by.name),
      Date.now(),
    );
  return { id: Number(lastInsertRowid) };
}

export function sealHandOut({ connection }: WriterContext, id: number, { of, sha256, file }: Seal): void {
  connection
    .sql(
      `UPDATE hand_outs SET state = 'sealed', seal_of = ?, seal = ?, seal_file = ? WHERE id = ? AND state = 'open'`,
    )
    .run(of, sha256, file ?? null, id);
}

export function withdrawHandOut({ connection }: WriterContext, id: number): void {
  connection
    .sql(
      `UPDATE hand_outs SET state = 'withdrawn', closed_at = ? WHERE id = ? AND state IN ('open', 'sealed')`,
    )
    .run(Date.now(), id);
}

interface SealedRow {
  readonly name: string;
  readonly of: string;
  readonly form: string;
  readonly path: Buffer;
  readonly recipient: string | null;
  readonly reserved: string;
  readonly reserved_by: string | null;
  readonly override_reason: string | null;
  readonly selection: string;
  readonly files: number;
  readonly bytes: number;
  readonly withheld: string;
  readonly digests: string;
  readonly seal: Buffer;
  readonly seal_file: Buffer | null;
  readonly log_head: string;
}

export function closeHandOut(
  { connection, events }: WriterContext,
  id: number,
  by: ActingAgent,
): Call<'closeHandOut'> {
  const row = connection.sql<SealedRow>(`SELECT * FROM hand_outs WHERE id = ? AND state = 'sealed'`).get(id);
  if (row === undefined) throw new Error(`${publicId('handOut', id)} is closed before it is sealed`);
  const selection = JSON.parse(row.selection) as NamedSelection;
  const withheld = JSON.parse(row.withheld) as Withheld[];
  const { recipient } = row;
  const eventSeq = events.append({
    type: recipient === null ? 'information package creation' : 'dissemination',
    outcome: withheld.length === 0 ? 'success' : 'warning',
    agentId: actorId(connection, by.name),
    links: linksOf(id, selection),
    facts: {
      handOut: id,
      seal: row.seal.toString('hex'),
      ...(row.seal_file !== null && { file: row.seal_file.toString('hex') }),
      form: row.form,
      digests: JSON.parse(row.digests) as string[],
      files: row.files,
      bytes: row.bytes,
      withheld: withheld.map((each) => ({ ...each })),
      reserved: JSON.parse(row.reserved) as string[],
      rightsOverridden: row.override_reason !== null,
      head: row.log_head,
      ...('things' in selection && { things: selection.things.length }),
    },
    details: {
      note:
        `Package of ${row.of} ${recipient === null ? 'made' : `handed out to ${recipient}`}: ` +
        `${row.files.toLocaleString('en')} files`,
      name: row.name,
      path: displayPath(row.path as Uint8Array as RawPath),
      ...(recipient !== null && { recipient }),
      ...(row.reserved_by !== null && { reservedBy: row.reserved_by }),
      ...(row.override_reason !== null && { overrideReason: row.override_reason }),
      ...('search' in selection && { search: selection.search }),
    },
  });
  connection
    .sql(`UPDATE hand_outs SET state = 'done', closed_at = ?, event_seq = ? WHERE id = ?`)
    .run(Date.now(), eventSeq, id);
  return { eventSeq };
}

function linksOf(id: number, selection: NamedSelection): NewEvent['links'] {
  const things = 'things' in selection ? selection.things.slice(0, MOST_LINKS) : [];
  return [{ kind: 'handOut', id }, ...things.map((thing) => ({ kind: thing.kind, id: thing.id }))];
}
