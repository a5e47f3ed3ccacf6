import { accession } from './accession.ts';
import { agents } from './agents.ts';
import { appraisals } from './appraisals.ts';
import { handOuts } from './hand-outs.ts';
import { intake } from './intake.ts';
import { archive } from './archive.ts';
import { decisions } from './decisions.ts';
import { description } from './description.ts';
import { custody } from './custody.ts';
import { events } from './events.ts';
import { exports } from './exports.ts';
import { fixityLists } from './fixity-lists.ts';
import { fixity } from './fixity.ts';
import { holdings } from './holdings.ts';
import { collections } from './collections.ts';
import { items } from './items.ts';
import { jobs } from './jobs.ts';
import { locations } from './locations.ts';
import { manifests } from './manifests.ts';
import { packaging } from './packaging.ts';
import { preferences } from './preferences.ts';
import { folders } from './folders.ts';
import { proofs } from './proofs.ts';
import { quarantine } from './quarantine.ts';
import { reports } from './reports.ts';
import { replication } from './replication.ts';
import { schedules } from './schedules.ts';
import { telling } from './telling.ts';

/** The one contract, driven over every transport. A new capability is a file beside this one and a line here. */
export const contract = {
  packaging,
  manifests,
  reports,
  exports,
  handOuts,
  description,
  collections,
  items,
  archive,
  accession,
  holdings,
  locations,
  replication,
  custody,
  events,
  fixity: { ...fixity, ...fixityLists },
  decisions,
  quarantine,
  jobs,
  agents,
  appraisals,
  intake,
  schedules,
  telling,
  preferences,
  folders,
  proofs,
};

export type Contract = typeof contract;
