import type { RunSummary } from '../../../shared/contract/schedules.ts';
import type { Telling } from '../../../shared/domain/telling.ts';
import { summariseRun } from '../fixity/summarise-run.ts';
import { summaryHtml } from '../fixity/summary-html.ts';
import { summaryText } from '../fixity/summary-text.ts';
import type { Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { StoredSchedule } from '../ports/scheduling.ts';
import type { Mailer, MailPassword } from '../ports/telling.ts';
import { standing } from '../schedules/schedules.ts';

/** A run that is due for longer than this did not happen, whatever the reason. */
const LATE_MS = 86_400_000;

export interface TellingTools {
  readonly mailer: Mailer;
  readonly password: MailPassword;
}

/** What people were told of one run. */
export interface Told {
  readonly summary: RunSummary;
  /** Who was told by mail; nobody where none is named, or where all is well and that is not to be told. */
  readonly sentTo: readonly string[];
  /** Why a mail that should have gone out did not; it is tried again with the next run. */
  readonly warning?: string;
}

/**
 * Tells of every scheduled run that rests and was not told yet, and of runs that did not happen. A mail that cannot be sent is a
 * warning: what was run stands recorded before anybody is told.
 */
export async function tellRuns(catalogue: Catalogue, tools: TellingTools, now: number): Promise<Told[]> {
  const { reader, writer } = catalogue;
  const telling = await reader.telling();
  const all: Told[] = [];
  for (const schedule of await reader.schedules()) {
    const news = await newsOf(reader, schedule, now);
    if (news === undefined || schedule.told === news.key) continue;
    const told = await tell(tools, telling, news.summary);
    if (told.warning === undefined) await writer.scheduleTold(schedule.id, news.key);
    all.push(told);
  }
  return all;
}

/** Sends a message that says nothing but that it arrives. */
export async function tellNothing(
  reader: CatalogueReader,
  tools: TellingTools,
  now: number,
): Promise<Pick<Told, 'sentTo' | 'warning'>> {
  const { name } = await reader.archive();
  const at = new Date(now).toISOString();
  const summary: RunSummary = {
    archive: name,
    title: 'A test of how runs are told',
    tone: 'attention',
    headline: 'this is a test, and it arrived',
    startedAt: at,
    agent: 'Holdfast',
    checked: ['Nothing was checked.'],
    found: [],
    foundTotal: 0,
    notDone: [],
    due: [],
  };
  return tell(tools, await reader.telling(), summary, '');
}

/** What a job did, with what stands around it. */
export async function summaryOf(
  reader: CatalogueReader,
  job: Parameters<typeof summariseRun>[0],
  schedule: StoredSchedule | undefined,
  now: number,
): Promise<RunSummary> {
  const [{ name }, locations] = [await reader.archive(), await reader.locations()];
  return summariseRun(job, {
    archive: name,
    ...(schedule === undefined
      ? {}
      : { schedule: { name: schedule.name, missed: schedule.last?.missed ?? 0 } }),
    due: await dueSentences(reader, now),
    locations: new Map(locations.map((location) => [location.id, location.name])),
  });
}

async function newsOf(
  reader: CatalogueReader,
  schedule: StoredSchedule,
  now: number,
): Promise<{ readonly key: string; readonly summary: RunSummary } | undefined> {
  const { last } = schedule;
  const { due, missed } = standing(schedule, now);
  const isUnderWay = last?.job.state === 'running' || last?.job.state === 'queued';
  if (due !== undefined && last?.dueAt !== due && now - due > LATE_MS && !isUnderWay)
    return { key: `late ${String(due)}`, summary: await lateRun(reader, schedule, due, missed, now) };
  if (last === undefined || isUnderWay) return undefined;
  return {
    key: `${last.job.id} ${last.job.state}`,
    summary: await summaryOf(reader, last.job, schedule, now),
  };
}

async function lateRun(
  reader: CatalogueReader,
  { name, kind, words }: StoredSchedule,
  due: number,
  missed: number,
  now: number,
): Promise<RunSummary> {
  const at = new Date(due).toISOString();
  return {
    archive: (await reader.archive()).name,
    schedule: name,
    title: `${kind === 'audit' ? 'Audit' : 'Rescan'}: ${words}`,
    tone: 'failed',
    headline: missed === 0 ? 'A run did not happen' : `${String(missed + 1)} runs did not happen`,
    startedAt: at,
    agent: 'Holdfast',
    checked: [],
    found: [],
    foundTotal: 0,
    notDone: [`It was due on ${at} and has not been run. One run catches up: holdfast schedule run-due`],
    due: await dueSentences(reader, now),
  };
}

async function dueSentences(reader: CatalogueReader, now: number): Promise<string[]> {
  const { overdue, openFindings } = await reader.status(now);
  return [
    ...(overdue === 0
      ? []
      : [`${String(overdue)} ${overdue === 1 ? 'copy is' : 'copies are'} due for a fixity check.`]),
    ...(openFindings === 0
      ? []
      : [
          `${String(openFindings)} ${openFindings === 1 ? 'finding waits' : 'findings wait'} for a decision: holdfast findings list`,
        ]),
  ];
}

async function tell(
  { mailer, password }: TellingTools,
  { mailTo, mailFrom, smtp, quietWhenWell }: Telling,
  summary: RunSummary,
  afterwards = ' The run is recorded; it is told again with the next one. To try: holdfast telling test',
): Promise<Told> {
  const [first] = mailTo;
  if (first === undefined || (quietWhenWell && summary.tone === 'well')) return { summary, sentTo: [] };
  if (smtp === undefined)
    return {
      summary,
      sentTo: [],
      warning: 'No mail was sent: no mail server is set. holdfast telling set --smtp smtp://USER@HOST',
    };
  try {
    await mailer.send(smtp, (await password.get())?.password, {
      from: mailFrom ?? first,
      to: mailTo,
      subject: `Holdfast, ${summary.archive}: ${summary.headline}`,
      text: summaryText([summary]),
      html: summaryHtml([summary]),
    });
    return { summary, sentTo: [...mailTo] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      summary,
      sentTo: [],
      warning: `No mail was sent to ${mailTo.join(', ')}: ${why}.${afterwards}`,
    };
  }
}
