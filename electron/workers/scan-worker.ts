/** Lists the folders that it is given; the folders that it finds go back to be shared out. */
import { parentPort } from 'node:worker_threads';
import { type FolderSlice, listFolder } from '../adapters/storage/walk.ts';
import { packLatin1, packNames, unpackNames } from '../core/ports/packed-names.ts';
import type { FolderBlock, ScanMessage, ScanSetup, ScanTask } from './scan-messages.ts';

const filesPerMessage = 4096;
/** Messages that may wait for the consumer: bounds what a fast disk and a slow catalogue pile up. */
const mostUntaken = 4;

let root: Uint8Array = new Uint8Array(0);
let rootPrefix = root;
let control = new Int32Array(new SharedArrayBuffer(8));
let sent = 0;

function begin(setup: ScanSetup): void {
  ({ root, control } = setup);
  // With the slash that joins: the root of the file system is one already.
  rootPrefix = root.length === 1 && root[0] === 0x2f ? root : Buffer.concat([root, Buffer.from('/')]);
  sent = 0;
}

class Batch {
  /** In latin1: for each slice its folder, then its files. */
  #names: string[] = [];
  #slices: number[] = [];
  #stamps: BigInt64Array[] = [];
  #notes: { slice: number; name: Uint8Array; problem: ScanMessage['notes'][number]['problem'] }[] = [];
  #found: FolderBlock[] = [];
  #files = 0;

  add(folder: Uint8Array, slice: FolderSlice, ancestors: BigInt64Array): void {
    const number = this.#slices.length / 2;
    this.#slices.push(slice.names.length, slice.broken ? 2 : slice.last ? 1 : 0);
    this.#names.push(Buffer.from(folder.buffer, folder.byteOffset, folder.length).toString('latin1'));
    for (const name of slice.names) this.#names.push(name);
    this.#stamps.push(slice.stamps);
    for (const { name, problem } of slice.notes) this.#notes.push({ slice: number, name, problem });
    if (slice.subfolders.length > 0) this.#found.push(blockOf(folder, slice, ancestors));
    this.#files += slice.names.length;
    // Notes weigh more than files, and a folder may hold nothing but links.
    if (this.#files + this.#notes.length * 4 >= filesPerMessage) this.send(false);
  }

  send(done: boolean): void {
    const names = packLatin1(this.#names);
    const stamps = new BigInt64Array(this.#files * 4);
    let at = 0;
    for (const part of this.#stamps) {
      stamps.set(part, at);
      at += part.length;
    }
    const slices = Int32Array.from(this.#slices);
    const message: ScanMessage = { names, slices, stamps, notes: this.#notes, found: this.#found, done };
    const blocks = this.#found.flatMap((block) => [block.names.buffer, block.stats.buffer]);
    awaitCredit();
    parentPort?.postMessage(message, [names.buffer, stamps.buffer, slices.buffer, ...blocks]);
    sent++;
    this.#names = [];
    this.#slices = [];
    this.#stamps = [];
    this.#notes = [];
    this.#found = [];
    this.#files = 0;
  }
}

function blockOf(folder: Uint8Array, { subfolders }: FolderSlice, ancestors: BigInt64Array): FolderBlock {
  const stats = new BigInt64Array(subfolders.length * 3);
  subfolders.forEach(({ device, inode, size }, i) => {
    stats[i * 3] = device;
    stats[i * 3 + 1] = inode;
    stats[i * 3 + 2] = size;
  });
  const names = packNames(subfolders.map(({ name }) => name));
  return { folder: Uint8Array.from(folder), names, count: subfolders.length, stats, ancestors };
}

/** Sleeps until the consumer has taken enough. Synchronous, as the walk is; terminate() ends it all the same. */
function awaitCredit(): void {
  for (;;) {
    if (Atomics.load(control, 1) !== 0) return;
    const taken = Atomics.load(control, 0);
    if (sent - taken < mostUntaken) return;
    Atomics.wait(control, 0, taken, 1000);
  }
}

function joined(folder: Uint8Array, name: Uint8Array): Uint8Array {
  if (folder.length === 0) return name;
  return Buffer.concat([folder, Buffer.from('/'), name]);
}

function list(block: FolderBlock, batch: Batch): void {
  const { names } = unpackNames(block.names, block.count);
  names.forEach((name, i) => {
    if (Atomics.load(control, 1) !== 0) return;
    const folder = joined(block.folder, name);
    const ancestors = new BigInt64Array(block.ancestors.length + 2);
    ancestors.set(block.ancestors);
    ancestors.set(block.stats.subarray(i * 3, i * 3 + 2), block.ancestors.length);
    const size = block.stats[i * 3 + 2] ?? 0n;
    const absolute = folder.length === 0 ? root : Buffer.concat([rootPrefix, folder]);
    for (const slice of listFolder(absolute, size, { root, ancestors })) batch.add(folder, slice, ancestors);
  });
}

parentPort?.on('message', (message: ScanSetup | ScanTask) => {
  if ('root' in message) {
    begin(message);
    return;
  }
  const batch = new Batch();
  for (const block of message.blocks) list(block, batch);
  batch.send(true);
});
