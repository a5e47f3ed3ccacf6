import { accession } from './accession.ts';
import { agents } from './agents.ts';
import { appraisals } from './appraisals.ts';
import { intake } from './intake.ts';
import { archive } from './archive.ts';
import { description } from './description.ts';
import { custody } from './custody.ts';
import { events } from './events.ts';
import { fixity } from './fixity.ts';
import { holdings } from './holdings.ts';
import { collections } from './collections.ts';
import { items } from './items.ts';
import { jobs } from './jobs.ts';
import { locations } from './locations.ts';
import { packaging } from './packaging.ts';
import { replication } from './replication.ts';

/** The one contract, driven over every transport. A new capability is a file beside this one and a line here. */
export const contract = {
  packaging,
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
  fixity,
  jobs,
  agents,
  appraisals,
  intake,
};

export type Contract = typeof contract;
