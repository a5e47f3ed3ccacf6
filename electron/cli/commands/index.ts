/** Every command, in the order in which help lists them. A new command is a file beside this one and a line here. */
import type { CliCommand } from '../command.ts';
import { accession } from './accession.ts';
import { audit } from './audit.ts';
import { completion } from './completion.ts';
import { findingsList } from './findings-list.ts';
import { init } from './init.ts';
import { jobsCancel } from './jobs-cancel.ts';
import { jobsList } from './jobs-list.ts';
import { jobsResume } from './jobs-resume.ts';
import { jobsShow } from './jobs-show.ts';
import { locationAdd } from './location-add.ts';
import { locationCheck } from './location-check.ts';
import { locationList } from './location-list.ts';
import { locationRelink } from './location-relink.ts';
import { logVerify } from './log-verify.ts';
import { rescan } from './rescan.ts';
import { search } from './search.ts';
import { show } from './show.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { survey } from './survey.ts';

export const commands: readonly CliCommand[] = [
  init,
  survey,
  accession,
  rescan,
  audit,
  status,
  search,
  show,
  locationAdd,
  locationList,
  locationCheck,
  locationRelink,
  findingsList,
  jobsList,
  jobsShow,
  jobsResume,
  jobsCancel,
  logVerify,
  completion,
  start,
];

/** First words that several commands share. */
export const groups: Readonly<Record<string, { readonly summary: string; readonly example: string }>> = {
  location: { summary: 'the places that hold copies', example: 'location list' },
  findings: { summary: 'what audits found that a person must decide on', example: 'findings list' },
  jobs: {
    summary: 'long acts: what runs, what was interrupted, what they left undone',
    example: 'jobs list',
  },
  log: { summary: 'the chained record of every act', example: 'log verify' },
};
