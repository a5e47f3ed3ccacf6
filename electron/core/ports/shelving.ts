import type { Loan, ShelfChange, ShelfFacts } from '../../../shared/contract/locations.ts';
import type { ActingAgent } from './common.ts';

export interface NewOffline {
  readonly name: string;
  readonly site?: string | undefined;
  readonly medium?: string | undefined;
  readonly failureGroup?: string | undefined;
  readonly shelf: ShelfFacts;
}

export interface NewLoan {
  readonly to: string;
  readonly purpose: string;
  /** ISO 8601 date. */
  readonly expectedBack?: string | undefined;
}

export interface ShelvingReader {
  /** Every loan of a location, the latest first. */
  loans(locationId: number): Promise<Loan[]>;
}

/** Locations that are not connected: each of these acts is an event. */
export interface ShelvingWriter {
  /** @throws HoldfastError BAD_INPUT for a name or a barcode in use. Returns the new id. */
  addOffline(input: NewOffline, agent: ActingAgent): Promise<number>;
  /**
   * From now on it is offline as planned; of one that is already, what it is found by changes, as far as it is given; null takes a fact away.
   * @throws HoldfastError NOT_FOUND, BAD_INPUT for a barcode in use
   */
  shelve(id: number, shelf: ShelfChange, agent: ActingAgent): Promise<void>;
  /** It is connected again at the root that it had. @throws HoldfastError BAD_INPUT while it is lent, or where it never had a root */
  unshelve(id: number, agent: ActingAgent): Promise<void>;
  /** @throws HoldfastError BAD_INPUT for one that is lent already, or is not offline */
  checkOut(id: number, loan: NewLoan, agent: ActingAgent): Promise<void>;
  /** @throws HoldfastError BAD_INPUT for one that is not lent */
  checkIn(id: number, condition: string | undefined, agent: ActingAgent): Promise<void>;
}
