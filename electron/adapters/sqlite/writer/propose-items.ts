import type { FileKind } from '../../../../shared/domain/file-kind.ts';
import {
  documentedItem,
  itemKey,
  itemTitle,
  partPosition,
  roleFor,
  type GroupingInput,
} from '../../../../shared/domain/grouping.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import { searchDocument, sortKey } from '../../../../shared/domain/search-text.ts';
import type { Statement } from '../connection.ts';
import { accrualOf, type AccrualState, type ActState } from './acts.ts';
import type { WriterContext } from './context.ts';
import { asKnown, type Folder } from './folders.ts';
import { refreshTracks, resolveCueSheets } from './cue-tracks.ts';
import { refreshDescribedItems, refreshDescribedPart } from './described-words.ts';
import { ItemDrafts, type ItemDraft } from './item-drafts.ts';
import { POSITION_STEP } from './item-edit.ts';
import { addWords } from './item-words.ts';
import { takesPlaceOf } from './part-order.ts';

interface Candidate {
  readonly replica_id: number;
  readonly name: Buffer;
  readonly object_id: number;
  readonly size: number;
  readonly kind: FileKind;
  readonly duration_ms: number | null;
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly album_artist: string | null;
  readonly date: string | null;
  readonly disc: number | null;
  readonly track: number | null;
  readonly identifiers: string | null;
}

/** Recordings are proposed folder by folder; their papers only once all recordings of the accrual are known. */
type Pass = 'recordings' | 'papers';

const SLICE = 500;
const KEY_SEPARATOR_AFTER = '\u0020';
const KEY_SEPARATOR = '\u001f';

/**
 * Proposes items. The result is the same whatever the order of folders, files and interruptions: the key of a recording
 * follows from itself alone, and whose papers a file is gets decided when all recordings are in.
 */
export class ItemProposer {
  readonly #context: WriterContext;
  readonly #candidates: Record<Pass, Statement<Candidate>>;
  readonly #hasPapers: Statement;
  readonly #ownKey: Statement<{ key: string }>;
  readonly #otherKeys: Statement<{ key: string }>;
  readonly #anyPlaced: Statement;
  readonly #isPlaced: Statement;
  readonly #isDescribed: Statement;
  readonly #hasTracks: Statement;
  readonly #insertPart: Statement;
  readonly #insertSearch: Statement;
  /** Whether anything is described at all: where nothing is, a million look-ups are spared. */
  #anyDescribed = false;
  /** Items that got parts, where anything is described. */
  readonly #proposedTo = new Set<number>();
  #anyTracks = false;

  constructor(context: WriterContext) {
    this.#context = context;
    const { connection } = context;
    const candidates = (kinds: string) =>
      connection.sql<Candidate>(
        `SELECT r.id AS replica_id, r.name, r.object_id, o.size, o.kind, t.duration_ms, e.title, e.artist, e.album,
           e.album_artist, e.date, e.disc, e.track,
           (SELECT group_concat(value, ' ') FROM identifiers WHERE entity = 'object' AND entity_id = o.id) AS identifiers
         FROM replicas r CROSS JOIN objects o ON o.id = r.object_id
         LEFT JOIN technical_metadata t ON t.object_id = o.id LEFT JOIN embedded_metadata e ON e.object_id = o.id
         WHERE r.folder_id = ? AND +r.accrual_id = ? AND r.name > ? AND o.kind ${kinds}
         ORDER BY r.name LIMIT ${SLICE}`,
      );
    this.#candidates = {
      recordings: candidates(`IN ('audio', 'video')`),
      papers: candidates(`NOT IN ('audio', 'video')`),
    };
    // By the folder: an accrual may hold a million files, and without statistics either index looks as good.
    this.#hasPapers = connection.sql(
      `SELECT 1 FROM replicas r CROSS JOIN objects o ON o.id = r.object_id
       WHERE r.folder_id = ? AND +r.accrual_id = ? AND o.kind NOT IN ('audio', 'video') LIMIT 1`,
    );
    const keys = (condition: string) =>
      connection.sql<{ key: string }>(
        `SELECT grouping_key AS key FROM items i WHERE accession_id = ? AND ${condition}
           AND EXISTS (SELECT 1 FROM representations WHERE item_id = i.id AND role = 'preservation master')
         ORDER BY grouping_key LIMIT 2`,
      );
    this.#ownKey = keys('grouping_key = ?');
    this.#otherKeys = keys('grouping_key > ? AND grouping_key < ?');
    this.#anyPlaced = connection.sql('SELECT 1 FROM placed_contents WHERE accession_id = ? LIMIT 1');
    this.#isPlaced = connection.sql(
      'SELECT 1 FROM placed_contents WHERE accession_id = ? AND grouping_key = ? AND object_id = ?',
    );
    this.#hasTracks = connection.sql('SELECT 1 FROM tracks LIMIT 1');
    this.#isDescribed = connection.sql('SELECT 1 FROM descriptions LIMIT 1');
    this.#insertPart = connection.sql(
      `INSERT INTO parts (representation_id, object_id, replica_id, position, name_title, title_key, artist_key,
         album_key, duration_ms, size)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#insertSearch = connection.sql(
      'INSERT INTO search (rowid, title, artist, album, path, identifiers) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  /** Proposes the recordings of one folder; returns how many files were looked at. */
  recordings(act: ActState, folder: Folder): number {
    const accrual = accrualOf(act);
    const open = this.#context.connection
      .sql<{ recordings_proposed: number }>(
        'SELECT recordings_proposed FROM open_folders WHERE accrual_id = ? AND folder_id = ?',
      )
      .get(accrual.id, folder.id);
    if (open?.recordings_proposed !== 0) return 0;
    const looked = this.#propose(act, accrual, folder, 'recordings');
    const papers = this.#hasPapers.get(folder.id, accrual.id) !== undefined;
    this.#context.connection
      .sql(
        papers
          ? 'UPDATE open_folders SET recordings_proposed = 1 WHERE accrual_id = ? AND folder_id = ?'
          : 'DELETE FROM open_folders WHERE accrual_id = ? AND folder_id = ?',
      )
      .run(accrual.id, folder.id);
    return looked;
  }

  /** Proposes the papers of one folder, when the recordings of every folder have been; returns how many there were. */
  papers(act: ActState, folder: Folder): number {
    const accrual = accrualOf(act);
    const looked = this.#propose(act, accrual, folder, 'papers');
    this.#context.connection
      .sql('DELETE FROM open_folders WHERE accrual_id = ? AND folder_id = ?')
      .run(accrual.id, folder.id);
    return looked;
  }

  #propose(act: ActState, accrual: AccrualState, folder: Folder, pass: Pass): number {
    const drafts = new ItemDrafts(this.#context, act, accrual);
    const anyPlaced = this.#anyPlaced.get(accrual.accessionId) !== undefined;
    this.#anyDescribed = this.#isDescribed.get() !== undefined;
    this.#anyTracks = this.#hasTracks.get() !== undefined;
    let looked = 0;
    let after: Uint8Array = new Uint8Array(0);
    for (;;) {
      const rows = this.#candidates[pass].all(folder.id, accrual.id, after);
      for (const row of rows) this.#place(accrual, folder, drafts, row, anyPlaced);
      looked += rows.length;
      if (rows.length < SLICE) break;
      after = rows.at(-1)?.name ?? after;
      drafts.settle();
    }
    drafts.settle();
    refreshDescribedItems(this.#context.connection, this.#proposedTo);
    this.#proposedTo.clear();
    resolveCueSheets(this.#context.connection, folder);
    return looked;
  }

  #place(
    accrual: AccrualState,
    folder: Folder,
    drafts: ItemDrafts,
    row: Candidate,
    anyPlaced: boolean,
  ): void {
    const input: GroupingInput = {
      folder: folder.display,
      album: row.album ?? undefined,
      albumArtist: row.album_artist ?? undefined,
      kind: row.kind,
      disc: row.disc ?? undefined,
      track: row.track ?? undefined,
    };
    // Folders of two locations may have the same path and nothing else in common.
    let key = `${folder.locationId}:${itemKey(input)}`;
    const role = roleFor(row.kind);
    if (role === 'documentation' && !key.includes(KEY_SEPARATOR))
      key = documentedItem(key, this.#recordingKeys(accrual.accessionId, key));
    // What a person put elsewhere stays there, whatever copies of it are found.
    if (anyPlaced && this.#isPlaced.get(accrual.accessionId, key, row.object_id) !== undefined) return;
    const folderName = asKnown(folder, folder.display);
    const draft = drafts.item(key, itemTitle({ ...input, folder: folderName }, accrual.accessionTitle), role);
    this.#part(accrual, folder, draft, row, input);
  }

  #part(accrual: AccrualState, folder: Folder, draft: ItemDraft, row: Candidate, input: GroupingInput): void {
    const name = asKnown(folder, displayPath(row.name as Uint8Array as RawPath));
    const folderName = asKnown(folder, folder.display);
    const position = draft.nextPosition ?? partPosition(input, name);
    const nameTitle = row.title === null ? withoutExtension(name) : null;
    const title = row.title ?? nameTitle ?? '';
    const artist = row.artist ?? row.album_artist ?? '';
    const duration = row.duration_ms ?? 0;
    const inserted = this.#insertPart.run(
      draft.representationId,
      row.object_id,
      row.replica_id,
      position,
      nameTitle,
      sortKey(title),
      sortKey(artist),
      sortKey(row.album ?? ''),
      duration,
      row.size,
    );
    let partId = Number(inserted.lastInsertRowid);
    if (inserted.changes === 0) {
      if (draft.arranged) return;
      const { connection } = this.#context;
      const part = takesPlaceOf(connection, draft.representationId, row.object_id, {
        accrual: accrual.number,
        position,
        folder: folder.path,
        name: row.name,
      });
      if (part === undefined) return;
      partId = part;
      connection
        .sql('UPDATE parts SET replica_id = ?, position = ?, name_title = ?, title_key = ? WHERE id = ?')
        .run(row.replica_id, position, nameTitle, sortKey(title), partId);
      connection.sql('DELETE FROM search WHERE rowid = ?').run(partId);
    } else {
      if (draft.nextPosition !== undefined) draft.nextPosition += POSITION_STEP;
      addWords(draft.words, row);
      draft.bytes += row.size;
      draft.durationMs += duration;
    }
    const artists =
      row.artist !== null && row.album_artist !== null && row.artist !== row.album_artist
        ? `${row.artist} ${row.album_artist}`
        : artist;
    this.#insertSearch.run(
      partId,
      searchDocument(title),
      searchDocument(artists),
      searchDocument(row.album ?? ''),
      searchDocument(folderName === '' ? name : `${folderName}/${name}`),
      row.identifiers === null ? '' : searchDocument(row.identifiers),
    );
    if (this.#anyTracks) refreshTracks(this.#context.connection, row.object_id);
    if (this.#anyDescribed) {
      refreshDescribedPart(this.#context.connection, partId);
      this.#proposedTo.add(draft.itemId);
    }
  }

  /** Keys of items with recordings that share a base folder: its own, and two others at most, which decide as much as all. */
  #recordingKeys(accessionId: number, folderKey: string): string[] {
    const own = this.#ownKey.all(accessionId, folderKey);
    // One query for both conditions would be answered by a scan of the whole accession.
    const others =
      own.length > 0
        ? []
        : this.#otherKeys.all(accessionId, folderKey + KEY_SEPARATOR, folderKey + KEY_SEPARATOR_AFTER);
    return [...own, ...others].map(({ key }) => key);
  }
}

export function withoutExtension(name: string): string {
  return name.replace(/(?<=.)\.[A-Za-z0-9]{1,5}$/, '');
}
