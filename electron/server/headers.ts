/** What every answer says to the browser about what may be done with it. */
import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { ALWAYS, INERT, appPolicy } from '../../shared/shell/policy.ts';

/** A page without any script. */
function plainPolicy(nonce: string): string {
  return `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

export function appHeaders(nonce: string): OutgoingHttpHeaders {
  return htmlHeaders(appPolicy(nonce));
}

export function plainPageHeaders(nonce: string): OutgoingHttpHeaders {
  return htmlHeaders(plainPolicy(nonce));
}

/** A file of the renderer. Those whose name holds their own digest never change. */
export function assetHeaders(type: string, isHashed: boolean): OutgoingHttpHeaders {
  return {
    ...inertHeaders(type),
    'Cache-Control': isHashed ? 'private, max-age=31536000, immutable' : 'no-cache',
  };
}

export function inertHeaders(type: string): OutgoingHttpHeaders {
  return {
    ...ALWAYS,
    'Content-Type': type,
    'Content-Security-Policy': INERT,
    'Cache-Control': 'no-store',
  };
}

function htmlHeaders(policy: string): OutgoingHttpHeaders {
  return {
    ...ALWAYS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
  };
}
