import { accession } from './accession.ts';
import { archive } from './archive.ts';
import { host } from './base.ts';
import { events } from './events.ts';
import { fixity } from './fixity.ts';
import { holdings } from './holdings.ts';
import { jobs } from './jobs.ts';
import { locations } from './locations.ts';

/** The one implementation of the contract; transports differ only in how they reach it. */
export const router = host.router({ archive, accession, holdings, locations, events, fixity, jobs });
