/** A navigation that a later one overtook is no failure. */
export function quietly(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}
