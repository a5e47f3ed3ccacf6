import type { PackageResult } from '../../../shared/contract/hand-outs.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { withheldMessage } from '../../../shared/domain/may-leave.ts';
import { displayPath, joinRaw, pathToJson, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { problemMessage } from '../../../shared/domain/problem-codes.ts';
import type { JobContext, JobEnd } from '../jobs/job-runner.ts';
import type { BagReport, BagValidator, SerialisedBags } from '../ports/bag-validation.ts';
import type { BagWriter } from '../ports/bags.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import type { Seal } from '../ports/handing-out.ts';
import type { TagFile } from '../ports/replication.ts';
import { leavingRows, NO_GOOD_COPY, PackagePayload, STOPPED } from './copy-package.ts';
import { packageInfo } from './package-facts.ts';
import { packageTagFiles } from './package-tag-files.ts';
import {
  planPackage,
  shownPlan,
  type PlannedPackage,
  type PlanningTools,
  type WantedPackage,
} from './plan-package.ts';
import { settleHandOuts, type HandOutsUnderWay } from './settle-hand-outs.ts';

export interface PackagingTools extends PlanningTools {
  readonly catalogue: Catalogue;
  readonly bags: BagWriter;
  readonly validator: BagValidator;
  readonly serialisedBags: SerialisedBags;
  readonly underWay: HandOutsUnderWay;
}

/**
 * Makes a package for others, beside its place: copied and compared, validated in full by its own files alone, sealed in the record,
 * named, and then recorded as handed out. Nothing stands under its name before it is whole; what stops it leaves nothing.
 */
export async function makePackage(
  tools: PackagingTools,
  wanted: WantedPackage,
  agent: ActingAgent,
  context: JobContext,
): Promise<JobEnd> {
  const { progress, signal } = context;
  progress.phase = 'planning';
  await settleHandOuts(tools, agent);
  const planned = await planPackage(tools, wanted, signal);
  if (signal.aborted) return { state: 'cancelled' };
  requireLeaving(planned);
  const notMade = (payload?: PackagePayload): JobEnd => ({
    state: 'done',
    result: lacking(planned, payload),
  });
  if (planned.unreachable > 0) return notMade();
  requireRoom(planned);
  const isFolder = planned.facts.form === 'folder';
  progress.filesTotal = planned.facts.files;
  // Written, packed, and read again.
  progress.bytesTotal = planned.facts.bytes * (isFolder ? 2 : 3);
  const { token } = planned.facts;
  const { writer, reader } = tools.catalogue;
  tools.underWay.add(token);
  let payload: PackagePayload | undefined;
  try {
    const { id } = await writer.openHandOut(
      {
        ...planned.facts,
        selection: planned.selection,
        path: planned.path,
        // Numbers of accessions are people's; the record keeps ids.
        withheld: planned.facts.withheld.map(({ number: _, ...ids }) => ids),
      },
      agent,
    );
    try {
      await tools.place.open(planned.partial, token);
    } catch (error) {
      await writer.withdrawHandOut(id);
      throw error;
    }
    try {
      payload = new PackagePayload(tools, planned, bagOf(planned), context);
      const seal = await fill(tools, planned, payload, context);
      progress.phase = 'recording';
      await writer.sealHandOut(id, seal);
      await tools.place.publish(isFolder ? bagOf(planned) : fileOf(planned), planned.path);
    } catch (error) {
      await takeAway(tools, planned, id);
      if (error === STOPPED) return { state: 'cancelled' };
      if (error === NO_GOOD_COPY) return notMade(payload);
      throw error;
    }
    await writer.closeHandOut(id, agent);
    const left = await clearIf(tools, planned);
    const handOut = await reader.handOut(id);
    if (handOut === undefined) throw new Error('a hand-out is not where it was recorded');
    const problems = [...problemsOf(payload), ...left];
    const result: PackageResult = {
      handOut,
      plan: shownPlan(planned),
      problems,
      problemsTotal: payload.problemsTotal + left.length,
    };
    return { state: 'done', result };
  } finally {
    tools.underWay.delete(token);
  }
}

/** Copies, lists, validates and packs; what speaks for all of it. */
async function fill(
  tools: PackagingTools,
  planned: PlannedPackage,
  payload: PackagePayload,
  context: JobContext,
): Promise<Seal> {
  const { reader } = tools.catalogue;
  const { facts, profile } = planned;
  const { progress, signal } = context;
  const bag = bagOf(planned);
  progress.phase = 'copying';
  await tools.place.makeBag(bag);
  const { tagFiles } = await tools.bags.write(bag, {
    payload: payload.files(),
    algorithms: facts.digests,
    info: packageInfo(facts, planned.wish.tags, profile?.identifier),
    tagFiles: packageTagFiles({
      ...planned,
      reader,
      premis: tools.premis,
      rows: () => leavingRows(reader, planned),
    }),
  });
  const of = `tagmanifest-${facts.digests.includes('sha256') ? 'sha256' : 'sha512'}.txt`;
  const seal = { of, sha256: sealing(tagFiles, of) };
  if (facts.form === 'folder') {
    progress.phase = 'reading back';
    const whole = { ...validation(planned, context), concurrency: tools.files.concurrency };
    requireValid(
      planned,
      await tools.validator.validate(bag, {
        ...whole,
        // Past the cache: what is compared is what the medium gives back.
        digest: (paths, further) =>
          tools.files.digestAll(paths, signal, (bytes) => (progress.bytes += bytes), further, {
            direct: true,
          }),
      }),
    );
    return seal;
  }
  progress.phase = 'packing';
  const onBytes = (bytes: number): number => (progress.bytes += bytes);
  const file = fileOf(planned);
  const packed = await tools.serialisedBags.pack(bag, file, facts.form, signal, onBytes);
  if (packed === undefined) throw STOPPED;
  progress.phase = 'reading back';
  const how = { ...validation(planned, context), onBytes };
  requireValid(planned, await tools.serialisedBags.validate(file, facts.form, how));
  return { ...seal, file: packed.sha256 };
}

function validation({ profile }: PlannedPackage, { signal }: JobContext) {
  return { mode: 'full', signal, ...(profile === undefined ? {} : { profile }) } as const;
}

function requireValid(planned: PlannedPackage, report: BagReport | undefined): void {
  if (report === undefined) throw STOPPED;
  const isWhole = report.verdict === 'valid' || report.verdict === 'valid_with_warnings';
  const isCounted = report.payloadVerified === planned.facts.files;
  if (isWhole && isCounted && report.profile?.isMet !== false) return;
  const [worst] = report.findings;
  throw new HoldfastError(
    'LOCATION_UNREACHABLE',
    `The package that was made in ${displayPath(planned.folder)} does not read back as it was written (${report.verdict}${worst === undefined ? '' : `, ${worst.code}`}). ` +
      'It was taken away, and nothing was handed out. Check that place, its cable and its memory; then run this again.',
  );
}

function sealing(tagFiles: readonly TagFile[], of: string): Uint8Array {
  const found = tagFiles.find(({ path }) => path === of);
  if (found === undefined) throw new Error(`a package was written without ${of}`);
  return found.sha256;
}

/** The folder of the bag has the package's name already: a file that it is packed into unpacks to it. */
function bagOf({ partial, facts }: PlannedPackage): RawPath {
  return joinRaw(partial, utf8Path(facts.name));
}

function fileOf({ partial, facts }: PlannedPackage): RawPath {
  return joinRaw(partial, utf8Path(`${facts.name}.${facts.form}`));
}

function requireLeaving({ facts }: PlannedPackage): void {
  if (facts.files > 0) return;
  const reasons = [...new Set(facts.withheld.map(({ reason }) => reason))].map(withheldMessage);
  throw new HoldfastError(
    'BAD_INPUT',
    `None of the files of ${facts.of} may leave. ${reasons.join(' ')} Nothing was written.`,
  );
}

function requireRoom({ needs, free, folder }: PlannedPackage): void {
  if (needs <= free) return;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
  throw new HoldfastError(
    'DISK_FULL',
    `${displayPath(folder)} has room for ${megabytes(free)}, and the package needs ${megabytes(needs)} while it is made. Nothing was written. Make room there, or name another folder with --to.`,
  );
}

function lacking(planned: PlannedPackage, payload: PackagePayload | undefined): PackageResult {
  const plan = shownPlan(planned);
  if (payload !== undefined)
    return { plan, problems: problemsOf(payload), problemsTotal: payload.problemsTotal };
  return {
    plan,
    problems: planned.outOfReach.map(({ copies, path }) => ({
      path: pathToJson(copies[0]?.path ?? path),
      code: 'out_of_reach',
      message: 'No location that has a copy of it can be reached now. Connect one, then run this again.',
    })),
    problemsTotal: planned.unreachable,
  };
}

function problemsOf({ problems }: PackagePayload): PackageResult['problems'] {
  return problems.map(({ path, problem }) => ({
    path: pathToJson(path),
    code: problem.code,
    message: problemMessage(problem.code, problem),
  }));
}

/** What cannot be taken away now is settled with the next package: what went wrong first is what a person must know. */
async function takeAway(
  tools: PackagingTools,
  { partial, facts }: PlannedPackage,
  id: number,
): Promise<void> {
  try {
    if (await tools.place.clear(partial, facts.token)) await tools.catalogue.writer.withdrawHandOut(id);
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
  }
}

/** What is left beside a package that stands is no reason to call it not made. */
async function clearIf(tools: PackagingTools, planned: PlannedPackage): Promise<PackageResult['problems']> {
  const told = (message: string) => [{ path: pathToJson(planned.partial), code: 'left_behind', message }];
  try {
    const isClear = await tools.place.clear(planned.partial, planned.facts.token);
    return isClear ? [] : told('Something else stands here than what this package was made in. It was left.');
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return told(`What the package was made in could not be taken away. ${error.message}`);
  }
}
