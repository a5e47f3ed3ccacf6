import type { LocationChange, LocationChanged } from '../../../shared/contract/locations.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { LocationWrites } from '../../../shared/domain/vocabulary.ts';
import type { ActingAgent } from './common.ts';

/** Places that hold replicas, and what is known of them. */
export interface LocationWriter {
  addLocation(input: {
    readonly name: string;
    readonly root: RawPath;
    readonly fileSystem?: string;
    readonly inode: bigint;
    readonly writes: LocationWrites;
    readonly marker?: string;
    readonly site?: string;
    readonly medium?: string;
    readonly failureGroup?: string;
    readonly agent: ActingAgent;
  }): Promise<number>;
  relinkLocation(
    id: number,
    to: { readonly root: RawPath; readonly fileSystem?: string; readonly inode: bigint },
    agent: ActingAgent,
  ): Promise<void>;
  /**
   * Changes what is known of a location: a `metadata modification`, and a `policy assignment` where what may be written there changes.
   * Items with verified copies there are derived anew where its failure group changes.
   * @throws HoldfastError NOT_FOUND; BAD_INPUT for a name in use or in the form of an id, for `writes` of a managed location and `never`
   *   while a recovery there is not over, for `writes` and `readers` of a medium that never was connected
   */
  setLocation(id: number, change: LocationChange, agent: ActingAgent): Promise<LocationChanged>;
  locationReached(id: number): Promise<void>;
}
