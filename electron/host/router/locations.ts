import { addLocation, checkLocations, relinkLocation } from '../../core/locations/locations.ts';
import {
  addOfflineLocation,
  checkInLocation,
  checkOutLocation,
  loansOf,
  offlineLocations,
  recallList,
  shelveLocation,
  unshelveLocation,
} from '../../core/locations/offline.ts';
import { manifests } from '../../adapters/manifests/open-manifest.ts';
import { setLocation } from '../../core/locations/set-location.ts';
import { fatesOfLocations } from '../../core/locations/shared-fate.ts';
import { writable } from '../context.ts';
import { host } from './base.ts';
import { found, numberOf } from './numbers.ts';

export const locations = {
  list: host.locations.list.handler(async ({ context }) => ({
    rows: await context.reader.locations(),
    next: null,
  })),
  sharedFates: host.locations.sharedFates.handler(async ({ context }) => ({
    rows: await fatesOfLocations(context.reader, context.files),
    next: null,
  })),
  add: host.locations.add.handler(({ context, input }) =>
    addLocation(writable(context), context.files, context.store, input, context.agent),
  ),
  check: host.locations.check.handler(async ({ context, input }) => ({
    rows: await checkLocations(
      context.reader,
      context.files,
      (root) => context.folders.space(root),
      input.location,
    ),
    offline: input.location === undefined ? await offlineLocations(context.reader) : [],
    next: null,
  })),
  health: host.locations.health.handler(async ({ context, input }) =>
    found(
      'location',
      input.location,
      await context.reader.locationHealth(numberOf('location', input.location)),
    ),
  ),
  set: host.locations.set.handler(({ context, input }) =>
    setLocation(writable(context), input, context.agent),
  ),
  addOffline: host.locations.addOffline.handler(({ context, input }) =>
    addOfflineLocation(writable(context), input, context.agent),
  ),
  shelve: host.locations.shelve.handler(({ context, input }) =>
    shelveLocation(writable(context), input, context.agent),
  ),
  unshelve: host.locations.unshelve.handler(({ context, input }) =>
    unshelveLocation(writable(context), context.files, input.location, context.agent),
  ),
  checkOut: host.locations.checkOut.handler(({ context, input }) =>
    checkOutLocation(writable(context), input, context.agent),
  ),
  checkIn: host.locations.checkIn.handler(({ context, input }) =>
    checkInLocation(writable(context), input, context.agent),
  ),
  attest: host.locations.attest.handler(async ({ context, input }) => {
    const { openAttestation, runAttestation } = await import('../../core/locations/attest.ts');
    const { reader, agent, passingJobs } = context;
    const writer = input.dryRun ? undefined : writable(context).writer;
    const opened = await openAttestation(reader, manifests, input, Date.now());
    const id = passingJobs.open('attestation', `Attestation of ${opened.location.name}`, agent);
    return passingJobs.runner.start(id, (job) => runAttestation({ reader, writer }, opened, agent, job));
  }),
  recall: host.locations.recall.handler(async ({ context }) => ({
    rows: await recallList(context.reader, new Date().toISOString().slice(0, 10)),
    next: null,
  })),
  loans: host.locations.loans.handler(async ({ context, input }) => ({
    rows: await loansOf(context.reader, input.location),
    next: null,
  })),
  relink: host.locations.relink.handler(({ context, input }) =>
    relinkLocation(writable(context), context.files, input.location, input.path, context.agent),
  ),
};
