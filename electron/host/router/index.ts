import { accession } from './accession.ts';
import { agents } from './agents.ts';
import { appraisals } from './appraisals.ts';
import { intake } from './intake.ts';
import { archive } from './archive.ts';
import { host } from './base.ts';
import { custody } from './custody.ts';
import { description } from './description.ts';
import { events } from './events.ts';
import { fixity } from './fixity.ts';
import { holdings } from './holdings.ts';
import { collections } from './collections.ts';
import { items } from './items.ts';
import { jobs } from './jobs.ts';
import { locations } from './locations.ts';
import { packaging } from './packaging.ts';
import { replication } from './replication.ts';

/** The one implementation of the contract; transports differ only in how they reach it. */
export const router = host.router({
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
});
