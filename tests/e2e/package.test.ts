/** `npm run package -- --dir`, with a stand-in for Electron's program: what is packed, and whether the packed host runs. */
import { execFile, fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedFolder, tempFolder } from '../support/temp.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = sharedFolder();
const app = join(folder, 'release', 'linux-unpacked');
const resources = join(app, 'resources');
const unpacked = join(resources, 'app.asar.unpacked');
/** The app without Electron, which is 250 MB of its own. */
const LARGEST = 12 * 1024 * 1024;

/** The fuses of Electron 45 as it comes: where they are found, the version of the wire, its length, its states. */
const WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100110'),
]);

function makeStandin(): string {
  const standin = join(folder, 'electron');
  for (const each of ['resources', 'locales']) mkdirSync(join(standin, each), { recursive: true });
  writeFileSync(join(standin, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n#'), WIRE]), {
    mode: 0o755,
  });
  for (const name of ['en-US.pak', 'en-GB.pak', 'de.pak']) writeFileSync(join(standin, 'locales', name), '');
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html'])
    writeFileSync(join(standin, name), '45.4.1');
  return standin;
}

interface AsarEntry {
  readonly files?: Record<string, AsarEntry>;
  readonly unpacked?: boolean;
}

/** Paths in the package, and which of them stand beside it. The header is JSON behind four lengths of four bytes. */
function packed(): Map<string, boolean> {
  const bytes = readFileSync(join(resources, 'app.asar'));
  const header = JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8')) as AsarEntry;
  const found = new Map<string, boolean>();
  const walk = (entry: AsarEntry, path: string): void => {
    if (entry.files === undefined) found.set(path, entry.unpacked === true);
    for (const [name, child] of Object.entries(entry.files ?? {}))
      walk(child, path === '' ? name : `${path}/${name}`);
  };
  walk(header, '');
  return found;
}

function bytesBelow(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0);
}

describe('the package for Linux', () => {
  beforeAll(async () => {
    const cli = createRequire(import.meta.url).resolve('electron-builder/cli.js');
    const config = ['--config', join(root, 'electron-builder.config.mjs'), '--linux', '--x64', '--dir'];
    const places = [`-c.electronDist=${makeStandin()}`, `-c.directories.output=${join(folder, 'release')}`];
    await promisify(execFile)(process.execPath, [cli, ...config, ...places], { cwd: root });
  }, 180_000);

  it('holds the shell, the screens and the host, each where it can be started', () => {
    const files = packed();
    for (const name of [
      'dist/electron/main.mjs',
      'dist/electron/preload.cjs',
      'dist/renderer/index.html',
      'LICENSE',
    ])
      expect(files.get(name), name).toBe(false);
    const built = readdirSync(join(root, 'dist')).filter((name) => /-(thread|worker|entry)\.mjs$/.test(name));
    expect(built.length).toBeGreaterThan(5);
    for (const name of [...built.map((each) => `dist/${each}`), 'package.json']) {
      expect(files.get(name), name).toBe(true);
      expect(existsSync(join(unpacked, name)), name).toBe(true);
    }
    for (const name of ['tray', 'tray@2x', 'tray-notch', 'tray-notch@2x', '512x512'])
      expect(files.has(`build/icons/${name}.png`), name).toBe(true);
  });

  it('holds the native module of its platform alone, beside the package', () => {
    const native = [...packed()].filter(([path]) => path.endsWith('.node'));
    expect(native).toEqual([['node_modules/better-sqlite3/prebuilds/linux-x64.node', true]]);
  });

  it('holds nothing else: no other module, no Node, no map, no source, no command line, no path of the builder', () => {
    const paths = [...packed().keys()];
    const modules = new Set(
      paths.filter((path) => path.startsWith('node_modules/')).map((path) => path.split('/')[1]),
    );
    expect([...modules]).toEqual(['better-sqlite3']);
    expect(
      paths.filter((path) =>
        /\.(map|ts|tsx|c|h|gyp)$|(^|\/)node$|^(docs|tests|scripts|build\/sample)\//.test(path),
      ),
    ).toEqual([]);
    expect(paths).not.toContain('dist/main.mjs');
    expect(readFileSync(join(resources, 'app.asar')).includes(root)).toBe(false);
    for (const name of readdirSync(join(unpacked, 'dist'), { recursive: true, encoding: 'utf8' }))
      if (name.endsWith('.mjs'))
        expect(readFileSync(join(unpacked, 'dist', name)).includes(root), name).toBe(false);
  });

  it('names no development dependency to whoever reads its manifest, and starts the shell', () => {
    const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(manifest['main']).toBe('dist/electron/main.mjs');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('scripts');
  });

  it('is no larger than it need be, and speaks the languages it has', () => {
    expect(bytesBelow(resources)).toBeLessThan(LARGEST);
    expect(readdirSync(join(app, 'locales')).sort()).toEqual(['en-GB.pak', 'en-US.pak']);
  });

  it('has the fuses blown that keep Electron from being anything but this app', async () => {
    const wire = await getCurrentFuseWire(join(app, 'holdfast'));
    const isOn = (fuse: FuseV1Options): boolean => Number(wire[fuse]) === 0x31;
    expect(isOn(FuseV1Options.RunAsNode)).toBe(false);
    expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true);
    expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
    // Nobody keeps this on Linux, so it is not claimed.
    expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(false);
  });

  it('runs its host from where it stands: native module, threads and chunks are found', async () => {
    const home = tempFolder();
    // What a utility process has, told over the pipe of a plain one.
    const entry = join(home, 'entry.mjs');
    writeFileSync(
      entry,
      `process.parentPort = {
        on: (event, listener) => process.on(event, (data) => listener({ data, ports: [] })),
        postMessage: (message) => process.send(message),
      };
      await import(${JSON.stringify(join(unpacked, 'dist', 'host-entry.mjs'))});
      process.send({ type: 'ready' });`,
    );
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_DATA_HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
    };
    const child = fork(entry, [], { env, execArgv: [], cwd: home });
    const told: { type: string; message?: string }[] = [];
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.on('message', (message) => told.push(message as { type: string }));
    const until = (type: string) =>
      expect.poll(() => told.map((each) => each.type), { timeout: 120_000 }).toContain(type);
    await until('ready');
    child.send({ type: 'open', resume: [] });
    await until('health');
    expect(told.filter(({ type }) => type === 'refused' || type === 'note')).toEqual([]);
    expect(existsSync(join(home, 'holdfast', 'archive', 'archive.json'))).toBe(true);
    child.send({ type: 'close' });
    expect(await ended).toBe(0);
    expect(told.at(-1)).toEqual({ type: 'closed', notes: [] });
  });
});
