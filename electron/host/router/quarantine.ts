import { quarantinePlace } from '../../adapters/storage/quarantine-place.ts';
import { recoveryPlace } from '../../adapters/storage/recovery-place.ts';
import {
  asideJson,
  discardAside,
  restoreAside,
  showAside,
  type QuarantineTools,
} from '../../core/fixity/quarantine.ts';
import { sweepRecoveries } from '../../core/fixity/sweep-recoveries.ts';
import { pathFromJson } from '../../../shared/domain/path.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';

export const quarantine = {
  list: host.quarantine.list.handler(async ({ context, input }) => {
    const { rows, next } = await context.reader.asidesPage(input);
    return { rows: rows.map(asideJson), next };
  }),
  counts: host.quarantine.counts.handler(({ context }) => context.reader.asideCounts()),
  show: host.quarantine.show.handler(({ context, input }) =>
    showAside(
      { reader: context.reader, files: context.files, place: recoveryPlace, quarantine: quarantinePlace },
      input.id,
    ),
  ),
  restore: host.quarantine.restore.handler(({ context, input: { to, ...input } }) =>
    restoreAside(quarantineTools(context), {
      ...input,
      ...(to === undefined ? {} : { to: pathFromJson(to) }),
    }),
  ),
  discard: host.quarantine.discard.handler(({ context, input }) =>
    discardAside(quarantineTools(context), input),
  ),
  sweep: host.quarantine.sweep.handler(({ context, signal }) =>
    sweepRecoveries(quarantineTools(context), signal ?? new AbortController().signal),
  ),
};

export function quarantineTools(context: HostContext): QuarantineTools {
  return {
    catalogue: writable(context),
    files: context.files,
    place: recoveryPlace,
    quarantine: quarantinePlace,
    agent: context.agent,
  };
}
