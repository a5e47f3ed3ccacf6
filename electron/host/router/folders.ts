import { displayPath, pathFromJson, pathToJson } from '../../../shared/domain/path.ts';
import { host } from './base.ts';

export const folders = {
  list: host.folders.list.handler(async ({ context, input }) => {
    const listed = await context.folders.list(input.path && pathFromJson(input.path));
    return {
      path: pathToJson(listed.path),
      ...(listed.parent === undefined ? {} : { parent: pathToJson(listed.parent) }),
      rows: listed.folders.map(({ name, path, hidden }) => ({
        name: displayPath(name),
        path: pathToJson(path),
        hidden,
      })),
      truncated: listed.truncated,
      files: listed.files,
    };
  }),

  places: host.folders.places.handler(async ({ context }) => {
    const places = await context.folders.places();
    const known = await context.reader.locationIdentities();
    const { sample } = context;
    const all = [
      ...places,
      ...known.map(({ name, root }) => ({ name, path: root, kind: 'location' as const })),
      ...(sample === undefined ? [] : [{ name: 'Sample collection', path: sample, kind: 'sample' as const }]),
    ];
    const seen = new Set<string>();
    const rows = all
      .map(({ name, path, kind }) => ({ name, path: pathToJson(path), kind }))
      .filter(({ path }) => {
        const key = path.bytes ?? path.display;
        return seen.has(key) ? false : (seen.add(key), true);
      });
    return { rows, next: null };
  }),
};
