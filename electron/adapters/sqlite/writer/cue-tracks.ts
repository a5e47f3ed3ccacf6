import { decodeUtf8, joinRaw, utf8Path, type RawPath } from '../../../../shared/domain/path.ts';
import type { CueFile, CueSheet } from '../../../core/ports/cue-sheet.ts';
import type { Connection } from '../connection.ts';
import { refreshWords } from './described-words.ts';
import { asKnown, type Folder } from './folders.ts';

/** Names of one folder that are looked through when a sheet names a file in another spelling. */
const MOST_NAMES = 2_000;

interface Sound {
  readonly objectId: number;
  readonly name: Buffer;
}

/** Keeps a cue sheet with its content; a content that was read before keeps what was read then. */
export function recordCueSheet(connection: Connection, objectId: number, sheet: CueSheet): void {
  connection
    .sql('INSERT INTO cue_sheets (object_id, sheet) VALUES (?, ?) ON CONFLICT DO NOTHING')
    .run(objectId, JSON.stringify(sheet));
}

/** Finds the files that the cue sheets of a folder speak of, and records the tracks inside them. */
export function resolveCueSheets(connection: Connection, folder: Folder): void {
  if (connection.sql('SELECT 1 FROM cue_sheets LIMIT 1').get() === undefined) return;
  const sheets = connection
    .sql<{ id: number; sheet: string }>(
      `SELECT DISTINCT s.object_id AS id, s.sheet FROM replicas r CROSS JOIN cue_sheets s ON s.object_id = r.object_id
       WHERE r.folder_id = ?`,
    )
    .all(folder.id);
  const touched = new Set<number>();
  for (const { id, sheet } of sheets) {
    const { files } = JSON.parse(sheet) as CueSheet;
    for (const file of files) {
      if (file.tracks.length === 0) continue;
      const sound = soundOf(connection, folder, file, files.length === 1);
      if (sound !== undefined && recordTracks(connection, id, sound, file)) touched.add(sound);
    }
  }
  for (const objectId of touched) refreshParts(connection, objectId);
}

/** Makes the parts of a content findable by its tracks. */
export function refreshTracks(connection: Connection, objectId: number): void {
  if (connection.sql('SELECT 1 FROM tracks WHERE audio_object_id = ? LIMIT 1').get(objectId) !== undefined)
    refreshParts(connection, objectId);
}

function refreshParts(connection: Connection, objectId: number): void {
  const parts = connection.sql<{ id: number }>('SELECT id FROM parts WHERE object_id = ?').all(objectId);
  refreshWords(
    connection,
    [],
    parts.map(({ id }) => id),
  );
}

function recordTracks(connection: Connection, cueId: number, audioId: number, { tracks }: CueFile): boolean {
  const insert = connection.sql(
    `INSERT INTO tracks (audio_object_id, cue_object_id, number, title, performer, isrc, gap_frame, start_frame, end_frame)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  let isNew = false;
  for (const { number, title, performer, isrc, gapFrame, startFrame, endFrame } of tracks) {
    const { changes } = insert.run(
      audioId,
      cueId,
      number,
      title ?? null,
      performer ?? null,
      isrc ?? null,
      gapFrame ?? null,
      startFrame,
      endFrame ?? null,
    );
    isNew ||= changes > 0;
  }
  return isNew;
}

/** The content that a FILE line means: by name; in another case; with another end, as when a rip was encoded later; or the only one. */
function soundOf(connection: Connection, folder: Folder, file: CueFile, isOnly: boolean): number | undefined {
  const segments = file.name.split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.');
  const name = segments.pop();
  if (name === undefined || !name.isWellFormed() || name.includes('\0')) return undefined;
  const below = segments.includes('..') || /^(?:[a-z]:|[\\/])/i.test(file.name) ? [] : segments;
  const folderId = below.length === 0 ? folder.id : folderBelow(connection, folder, below);
  const exact = folderId === undefined ? undefined : soundNamed(connection, folderId, name);
  if (exact !== undefined) return exact;
  const sounds = connection
    .sql<Sound>(
      `SELECT r.object_id AS objectId, r.name FROM replicas r CROSS JOIN objects o ON o.id = r.object_id
       WHERE r.folder_id = ? AND o.kind IN ('audio', 'video') ORDER BY r.name LIMIT ${MOST_NAMES}`,
    )
    .all(folderId ?? folder.id);
  const like = (wanted: (text: string) => string) =>
    sounds.filter((sound) => wanted(asKnown(folder, decodeUtf8(sound.name) ?? '')) === wanted(name));
  for (const form of [asWritten, folded, stem]) {
    const [first, second] = like(form);
    if (first !== undefined && (second === undefined || second.objectId === first.objectId))
      return first.objectId;
  }
  return isOnly && sounds.length === 1 ? sounds[0]?.objectId : undefined;
}

function soundNamed(connection: Connection, folderId: number, name: string): number | undefined {
  return connection
    .sql<{ id: number }>(
      `SELECT r.object_id AS id FROM replicas r JOIN objects o ON o.id = r.object_id
       WHERE r.folder_id = ? AND r.name = ? AND o.kind IN ('audio', 'video')`,
    )
    .get(folderId, utf8Path(name))?.id;
}

function folderBelow(connection: Connection, folder: Folder, below: readonly string[]): number | undefined {
  const path = below.reduce((at, segment) => joinRaw(at, utf8Path(segment)), folder.path as RawPath);
  return connection
    .sql<{ id: number }>('SELECT id FROM folders WHERE location_id = ? AND path = ?')
    .get(folder.locationId, path)?.id;
}

function asWritten(name: string): string {
  return name;
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function stem(name: string): string {
  return folded(name).replace(/(?<=.)\.[a-z0-9]{1,5}$/, '');
}
