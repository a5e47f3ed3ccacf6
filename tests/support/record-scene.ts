/** An archive with what records must be able to tell: hostile names and texts, copies, damage, a protected file, relations and rights. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { fixturePath } from '../fixtures/index.ts';
import { hostileNames, twins } from '../fixtures/generate/hostile-list.ts';
import { all, type XmlElement } from './xml.ts';

const DONOR = 'Aunt <Miller> & sons';
const NOTE = 'Deed of gift, "with" a bell \u0007, a \ufffe and the words \\u{7}';
/** The same as XML can hold it: what it forbids is written, what looked like that has its backslash doubled. */
export const NOTE_WRITTEN = 'Deed of gift, "with" a bell \\u{7}, a \\u{FFFE} and the words \\\\u{7}';

export async function ended(host: Host, job: Job): Promise<Job> {
  for await (const { state } of await host.client.jobs.watch({ id: job.id })) void state;
  return host.client.jobs.get({ id: job.id });
}

/** Takes a folder into custody. */
export async function keep(
  host: Host,
  folder: string,
  title: string,
  rights: 'other' | 'license' | 'statute' | 'copyright' | 'unknown',
): Promise<void> {
  const terms = { rightsBasis: rights, rightsNote: NOTE, source: DONOR, acquired: 'Given' } as const;
  const job = await ended(
    host,
    await host.client.accession.start({
      title,
      ...terms,
      collection: 'Estates/<Miller>',
      paths: [{ display: folder }],
    }),
  );
  if (job.state !== 'done') throw new Error(`${title} was not taken into custody: ${JSON.stringify(job)}`);
}

/** The folder `shelf` has the names, `box` has copies, damage and a protected file. The caller closes the host. */
export async function recordScene(dir: string): Promise<Host> {
  const archive = join(dir, 'archive');
  await createArchive({
    dir: archive,
    name: 'Kept -- "sounds" & <noise>',
    agent: 'Ada Kettle',
    policy: { furtherDigests: ['sha512', 'sha1', 'md5', 'crc32', 'blake2b512'] },
  });
  const host = await openHost({
    archive,
    agent: 'Ada Kettle',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 's'),
  });
  const shelf = join(dir, 'shelf');
  const put = (folder: string, name: Buffer, content: string | Buffer): void => {
    mkdirSync(join(shelf, folder), { recursive: true });
    writeFileSync(Buffer.concat([Buffer.from(`${shelf}/${folder}/`), name]), content);
  };
  for (const { name } of hostileNames) put('names', name, `sound of ${name.toString('latin1')}`);
  for (const { folder, name } of twins) put(folder, name, `sound of ${folder}/${name.toString('latin1')}`);
  put('flac', Buffer.from('one.flac'), readFileSync(fixturePath('flac-16-tags-picture.flac')));
  await keep(host, shelf, 'Hostile <names>', 'other');
  const box = join(dir, 'box');
  mkdirSync(box);
  for (const [to, fixture] of [
    ['first.wav', 'wav-pcm16.wav'],
    ['second.wav', 'wav-pcm16.wav'],
    ['third.flac', 'flac-24-stereo.flac'],
    ['locked.m4p', 'protected-drms.m4p'],
  ] as const)
    copyFileSync(fixturePath(fixture), join(box, to));
  await keep(host, box, 'A box', 'statute');
  await host.client.items.relate({ subject: 'item-1', predicate: 'derived from', object: 'item-2' });
  const damaged = readFileSync(join(box, 'third.flac'));
  damaged[damaged.length - 20] = (damaged[damaged.length - 20] ?? 0) ^ 1;
  writeFileSync(join(box, 'third.flac'), damaged);
  await ended(host, await host.client.fixity.audit({}));
  return host;
}

/** The objects of a PREMIS document that are of a category. */
export function objectsOf(document: XmlElement, type: string): XmlElement[] {
  return all(document, 'object').filter(({ attributes }) => attributes['xsi:type'] === type);
}
