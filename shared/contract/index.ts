import { accession } from './accession.ts';
import { archive } from './archive.ts';
import { events } from './events.ts';
import { fixity } from './fixity.ts';
import { holdings } from './holdings.ts';
import { jobs } from './jobs.ts';
import { locations } from './locations.ts';

/** The one contract, driven over every transport. A new capability is a file beside this one and a line here. */
export const contract = { archive, accession, holdings, locations, events, fixity, jobs };

export type Contract = typeof contract;
