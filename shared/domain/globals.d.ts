// What stands in every runtime that Holdfast runs in (Node, Chromium), but not in the language's own lib nor
// in `types: []`. Declared at their narrowest, so that shared code cannot lean on more of them than both sides have.

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: true; readonly ignoreBOM: true });
  decode(bytes: Uint8Array): string;
}

declare const crypto: { getRandomValues(array: Uint32Array<ArrayBuffer>): Uint32Array };
