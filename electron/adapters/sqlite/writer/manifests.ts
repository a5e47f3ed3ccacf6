import { displayPath } from '../../../../shared/domain/path.ts';
import type { ActingAgent } from '../../../core/ports/common.ts';
import type { ExportWriter, NewExport } from '../../../core/ports/exporting.ts';
import type { ManifestSelection, ManifestWriter, NewManifest } from '../../../core/ports/manifests.ts';
import type { WriterContext } from './context.ts';
import { actorId, type NewEvent } from './events.ts';

/** Of more than these the event says how many they are: it grows with acts, and not with what they are about. */
const MOST_LINKS = 100;

/** Records that a checksum manifest was handed out. */
export function recordManifest(
  { connection, events }: WriterContext,
  manifest: NewManifest,
  by: ActingAgent,
): Awaited<ReturnType<ManifestWriter['recordManifest']>> {
  const { form, algorithms, files, omitted, head, written, note, locationIds } = manifest;
  const eventSeq = events.append({
    type: 'exporting',
    outcome: 'success',
    agentId: actorId(connection, by.name),
    links: linksOf(manifest),
    facts: {
      manifest: { sha256: written.sha256, size: written.size },
      form,
      algorithms: [...algorithms],
      files,
      omitted,
      locations: [...locationIds],
      head,
      ...('things' in manifest.selection && { things: manifest.selection.things.length }),
    },
    details: { note, path: displayPath(written.path), ...searchOf(manifest.selection) },
  });
  return { eventSeq };
}

/** Records that a file of records was handed out. */
export function recordExport(
  { connection, events }: WriterContext,
  { form, selection, counts, sensitive, head, written, note }: NewExport,
  by: ActingAgent,
): Awaited<ReturnType<ExportWriter['recordExport']>> {
  const eventSeq = events.append({
    type: 'exporting',
    outcome: 'success',
    agentId: actorId(connection, by.name),
    links: thingsOf(selection),
    facts: {
      export: { sha256: written.sha256, size: written.size },
      form,
      counts: { ...counts },
      sensitive,
      head,
      ...('things' in selection && { things: selection.things.length }),
    },
    details: { note, path: displayPath(written.path), ...searchOf(selection) },
  });
  return { eventSeq };
}

function linksOf({ selection, locationIds }: NewManifest): NewEvent['links'] {
  const locations = locationIds.slice(0, MOST_LINKS).map((id) => ({ kind: 'location', id }));
  return [...thingsOf(selection), ...locations];
}

function thingsOf(selection: ManifestSelection): NewEvent['links'] {
  const things = 'things' in selection ? selection.things.slice(0, MOST_LINKS) : [];
  return things.map(({ kind, id }) => ({ kind, id }));
}

function searchOf(selection: ManifestSelection): { search?: string } {
  return 'search' in selection ? { search: selection.search } : {};
}
