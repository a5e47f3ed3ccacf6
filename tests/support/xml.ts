/** XML as another program parses it: libxml2 (xmllint), whose canonical form (W3C Canonical XML 1.0) is regular enough to be read here. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface XmlElement {
  /** Without prefix. */
  readonly name: string;
  /** By their names as written; namespace declarations are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Of the element alone, as the parser gave it. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Open[];
  text: string;
}

const CHARACTERS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const TOKEN = /<!--[\s\S]*?-->|<\/[^>]*>|<([^\s>]+)((?:\s[^\s=]+="[^"]*")*)>|([^<]+)/g;

/** @throws Error with what xmllint says, where the file is no well-formed XML */
export function parseXml(path: string): XmlElement {
  const canonical = execFileSync('xmllint', ['--nonet', '--huge', '--c14n', path], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const [token, name, attributes, text] of canonical.matchAll(TOKEN)) {
    const within = open.at(-1) ?? root;
    if (text !== undefined) within.text += plain(text);
    else if (token.startsWith('</')) open.pop();
    else if (name !== undefined) {
      const element: Open = { name: local(name), attributes: {}, children: [], text: '' };
      for (const [, key = '', value = ''] of (attributes ?? '').matchAll(/([^\s=]+)="([^"]*)"/g))
        if (!/^xmlns(:|$)/.test(key)) element.attributes[key] = plain(value);
      within.children.push(element);
      open.push(element);
    }
  }
  const [only] = root.children;
  if (only === undefined || open.length !== 1) throw new Error(`${path} has no whole element`);
  return only;
}

/** What xmllint finds against a schema; empty where the document is valid. */
export function schemaFaults(schema: string, path: string): string[] {
  const { status, stderr } = spawnSync(
    'xmllint',
    ['--nonet', '--huge', '--noout', '--schema', schema, path],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  return status === 0 ? [] : stderr.split('\n').filter((line) => line !== '');
}

/** A schema of our own beside this file. */
export function ownSchema(name: string): string {
  return join(import.meta.dirname, 'schemas', name);
}

/** Elements at a path of names below an element. */
export function all(element: XmlElement, path: string): XmlElement[] {
  return path
    .split('/')
    .reduce<XmlElement[]>(
      (found, name) => found.flatMap((one) => one.children.filter((child) => child.name === name)),
      [element],
    );
}

/** Their texts. */
export function texts(element: XmlElement, path: string): string[] {
  return all(element, path).map(({ text }) => text);
}

/** Every element below, and itself. */
export function* everyElement(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* everyElement(child);
}

function plain(text: string): string {
  return text.replace(
    /&(?:#x([0-9A-F]+)|(\w+));/g,
    (_, code: string | undefined, name: string | undefined) =>
      code === undefined ? (CHARACTERS[name ?? ''] ?? '') : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
