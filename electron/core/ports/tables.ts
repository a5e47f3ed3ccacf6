import type { RawPath } from '../../../shared/domain/path.ts';

/** One record below the header. `row` is its number as a spreadsheet counts: the header is row 1. */
export interface TableRow {
  readonly row: number;
  /** As many as the record has; fewer than the header means that the last ones are empty. */
  readonly cells: readonly string[];
}

/** A CSV file as it was read. Cells are text and nothing else: a formula is the characters it is written with. */
export interface Table {
  /** WHATWG name of the encoding that was found or asked for, e.g. `utf-8`, `utf-16le`, `windows-1252`. */
  readonly encoding: string;
  readonly separator: string;
  readonly header: readonly string[];
  /** Without records whose cells are all empty. */
  readonly rows: readonly TableRow[];
}

/** Tables that people make in spreadsheets. */
export interface Tables {
  /**
   * @param path absolute
   * @param encoding a WHATWG label; found by looking where it is absent
   * @throws HoldfastError BAD_INPUT where there is no such file, or it is no table: the message says where and why.
   */
  read(path: RawPath, encoding?: string): Promise<Table>;
}
