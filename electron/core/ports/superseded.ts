/** Bags that others succeeded, and their removal while their accession stays in custody. */
import type { DeletionState } from '../../../shared/domain/letting-go.ts';
import type { ActingAgent } from './common.ts';
import type { CustodyPlace } from './custody.ts';

/** A bag that was succeeded and stands, as far as is recorded: its state is `pending`, or `removing` once that began. */
export interface SupersededPlace extends CustodyPlace {
  readonly bag: NonNullable<CustodyPlace['bag']>;
  readonly successor: {
    /** Files of the bag that stands for it now which were not read there and found intact, or of which a finding is open. */
    readonly notVerified: number;
  };
}

/** The act that removes them. */
export interface OpenedSupersededDeletion {
  readonly accession: { readonly id: number; readonly number: string };
  readonly actId: number;
  readonly jobId: number;
}

export interface SupersededReader {
  /** Of an accession in custody, by location and age. */
  supersededPlaces(accessionId: number): Promise<SupersededPlace[]>;
}

export interface SupersededWriter {
  /**
   * @throws HoldfastError BAD_INPUT without a reason and two agents, where custody has ended, and where no bag was succeeded
   */
  beginSupersededDeletion(input: {
    readonly accessionId: number;
    readonly reason?: string | undefined;
    readonly secondAgent?: string | undefined;
    readonly resumeKey: string;
    readonly agent: ActingAgent;
  }): Promise<OpenedSupersededDeletion>;
  /**
   * Finds an interrupted one again.
   * @throws HoldfastError JOB_DIFFERS where another reason or second agent is named than it was begun with
   */
  reopenSupersededDeletion(
    jobId: number,
    said?: { readonly reason?: string | undefined; readonly secondAgent?: string | undefined },
  ): Promise<OpenedSupersededDeletion>;
  /** Records, before the first byte goes, that a bag is being removed. */
  beginSupersededRemoval(actId: number, bagId: number): Promise<void>;
  /** Records that its bytes are gone. */
  recordSupersededRemoved(actId: number, bagId: number): Promise<void>;
  /** Closes the act with its `deletion` event; one that removed nothing appends none. */
  closeSupersededDeletion(
    actId: number,
    state: 'done' | 'cancelled',
    left: readonly { readonly bagId: number; readonly state: DeletionState; readonly detail: string }[],
  ): Promise<void>;
}
