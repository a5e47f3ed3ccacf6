/**
 * The only way to leave a test out. What is left out is named with its reason at the end of every run
 * (skips-reporter.ts), and where HOLDFAST_NO_SKIPS=1 (set by .ci/run) a missing tool is a failure: a check that is
 * never run anywhere proves nothing.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** Why this test, or every test of this suite, was left out. */
    skipReason?: string;
  }
}

/**
 * A program on the PATH (or several), or something about this machine that the caller has already tried; `granted` where it is not
 * installed but given, so that a machine without it is no fault of the run.
 */
export type Need =
  | { tool: string | readonly string[] }
  | { that: string; available: boolean }
  | { granted: string; available: boolean };

type Body = () => void | Promise<void>;

const longRunOnly = 'long run only (npm run test:long)';
/** The npm package of Electron comes without the program, and where it is fetched from is not reachable on a closed network. */
const electronOnly =
  'needs the Electron program, which is not installed here (npx electron --version fetches it)';

/** Whether a program of this name can be run from the PATH. */
function hasTool(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false; // not in this folder of the PATH
    }
  });
}

/** What is lacking here, in words, or undefined when the need is met. */
function lack(need: Need): string | undefined {
  if ('that' in need) return need.available ? undefined : `needs ${need.that}`;
  if ('granted' in need) return need.available ? undefined : `needs ${need.granted}, which is not given here`;
  const missing = [need.tool].flat().filter((name) => !hasTool(name));
  return missing.length === 0 ? undefined : `needs ${missing.join(', ')}, not on the PATH`;
}

function refuse(reason: string): Body {
  return () => {
    throw new Error(`${reason}; HOLDFAST_NO_SKIPS=1 makes that a failure`);
  };
}

const noSkips = process.env.HOLDFAST_NO_SKIPS === '1';

/** Whether a test that was left out for this reason should have run where HOLDFAST_NO_SKIPS=1. */
export function isRefused(reason: string): boolean {
  return reason !== longRunOnly && reason !== electronOnly && !reason.endsWith(', which is not given here');
}

/** A test that needs something: without it, left out loudly, or failed under HOLDFAST_NO_SKIPS=1. @public */
export function itWith(need: Need, name: string, fn: Body, timeout?: number): void {
  const reason = lack(need);
  const options = timeout === undefined ? {} : { timeout };
  if (reason === undefined) it(name, options, fn);
  else if (noSkips && isRefused(reason)) it(name, refuse(reason));
  else it.skip(name, { meta: { skipReason: reason } }, fn);
}

/** A suite that needs something. Without it `fn` still runs to collect the names of its tests, its hooks do not. @public */
export function describeWith(need: Need, name: string, fn: () => void): void {
  const reason = lack(need);
  if (reason === undefined) describe(name, fn);
  else if (noSkips && isRefused(reason)) describe(name, () => it('has what it needs', refuse(reason)));
  else describe.skip(name, { meta: { skipReason: reason } }, fn);
}

const long = process.env.HOLDFAST_LONG === '1';

/** A test that takes minutes: only with HOLDFAST_LONG=1, and named as left out otherwise (never a failure). @public */
export function longOnly(name: string, fn: Body, timeout = 30 * 60_000): void {
  if (long) it(name, { timeout }, fn);
  else it.skip(name, { meta: { skipReason: longRunOnly } }, fn);
}

/** A suite of such tests. @public */
export function describeLong(name: string, fn: () => void): void {
  if (long) describe(name, { timeout: 30 * 60_000 }, fn);
  else describe.skip(name, { meta: { skipReason: longRunOnly } }, fn);
}

/** A test of the real Electron. Where its program cannot be had it is named as left out, and that is never a failure. @public */
export function itWithElectron(
  program: string | undefined,
  name: string,
  fn: (program: string) => Promise<void>,
): void {
  if (program === undefined) it.skip(name, { meta: { skipReason: electronOnly } }, () => undefined);
  else it(name, () => fn(program));
}
