/** The closed vocabularies of the catalogue, in the field's own words (PREMIS 3.0, Library of Congress labels). */

/** http://id.loc.gov/vocabulary/preservation/eventType/ */
export const EVENT_TYPES = [
  'accession',
  'appraisal',
  'transfer',
  'ingestion',
  'message digest calculation',
  'fixity check',
  'format identification',
  'metadata extraction',
  'metadata modification',
  'validation',
  'virus check',
  'replication',
  'quarantine',
  'unquarantine',
  'recovery',
  'information package creation',
  'exporting',
  'dissemination',
  'filename change',
  'policy assignment',
  'deaccession',
  'deletion',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** http://id.loc.gov/vocabulary/preservation/eventOutcome/ ; Holdfast's own word stands in the detail note. */
export const EVENT_OUTCOMES = ['success', 'fail', 'warning'] as const;
export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

/** http://id.loc.gov/vocabulary/preservation/agentType/ */
export const AGENT_KINDS = ['person', 'organization', 'software', 'hardware'] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

export const REPRESENTATION_ROLES = [
  'preservation master',
  'production master',
  'access copy',
  'documentation',
] as const;
export type RepresentationRole = (typeof REPRESENTATION_ROLES)[number];

/** `same essence` holds both ways. */
export const RELATION_PREDICATES = ['part of', 'derived from', 'documents', 'same essence'] as const;
export type RelationPredicate = (typeof RELATION_PREDICATES)[number];

/** `offline`: on a shelf, reached by a person. `partner`: another custodian's, seen only through what it reports. */
export const LOCATION_KINDS = ['folder', 'offline', 's3', 'partner'] as const;
export type LocationKind = (typeof LOCATION_KINDS)[number];

/** What Holdfast may write there: nothing; what an explicit recovery restores; everything (a managed location). */
export const LOCATION_WRITES = ['never', 'recover', 'managed'] as const;
export type LocationWrites = (typeof LOCATION_WRITES)[number];

/** What of a location can become another after it was added; where it stands and what it is found by have acts of their own. */
export const LOCATION_FACTS = ['name', 'site', 'medium', 'failureGroup', 'writes', 'readers'] as const;
export type LocationFact = (typeof LOCATION_FACTS)[number];

/** `interrupted`: its process ended without closing it; it can be resumed, as can `paused`. */
export const JOB_STATES = [
  'queued',
  'running',
  'paused',
  'interrupted',
  'done',
  'failed',
  'cancelled',
] as const;
export type JobState = (typeof JOB_STATES)[number];

export const JOB_KINDS = [
  'accession',
  'replication',
  'rescan',
  'audit',
  'survey',
  'validation',
  'exporting',
  'deletion',
  'resolution',
  'recovery',
  'attestation',
] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** What a policy may ask for beside SHA-256, which is always there; CRC-32 is for SFV files, and finds accidents only. */
export const FURTHER_DIGESTS = ['sha512', 'md5', 'sha1', 'blake2b512', 'crc32'] as const;
export type FurtherDigest = (typeof FURTHER_DIGESTS)[number];

/** `surveyed`: looked at, not decided. Only an accepted one becomes an accession. */
export const APPRAISAL_STATES = ['surveyed', 'accepted', 'declined'] as const;
export type AppraisalState = (typeof APPRAISAL_STATES)[number];
