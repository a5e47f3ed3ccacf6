/** A MessagePort as Electron has it in main and in a utility process; of it, what is used. */
export interface Line {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}
