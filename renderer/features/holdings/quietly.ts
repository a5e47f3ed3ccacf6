/** For what tells of its failure elsewhere: a query has its error, a dialog its notice, a page that cannot be left stays. */
export function quietly(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}
