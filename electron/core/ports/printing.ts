/** Makes a PDF of a page that stands for itself. */
export interface Printer {
  /**
   * @param html a whole page, UTF-8, that loads nothing
   * @throws HoldfastError UNSUPPORTED where nothing here can print, INTERNAL where what can did not
   */
  pdf(html: string, signal: AbortSignal): Promise<Uint8Array>;
}
