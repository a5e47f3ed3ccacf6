/** What reports are made of: figures of one moment each, and of what was recorded in a period. */
import type { ArchiveBreakdown, ArchiveStatus } from '../../../shared/contract/archive.ts';
import type { Tally } from '../../../shared/contract/common.ts';
import type { LocationHealth } from '../../../shared/contract/locations.ts';
import type { PathJson } from '../../../shared/domain/path.ts';

/** Since when the newest good copy of a content was last read and found as recorded. */
export const AGES = ['month', 'quarter', 'year', 'older', 'never'] as const;
export type Age = (typeof AGES)[number];

/** Contents with so many good copies at so many known sites. */
export interface CopiesRow {
  readonly copies: number;
  readonly sites: number;
  readonly age: Age;
  readonly objects: number;
  readonly bytes: number;
}

export interface LackingAccession {
  readonly number: string;
  readonly title: string;
  readonly rights: boolean;
  readonly source: boolean;
  readonly acquired: boolean;
}

export interface StandingPlace {
  readonly name: string;
  readonly kind: string;
  readonly site: string | null;
  readonly medium: string | null;
  readonly failureGroup: string | null;
  readonly replicas: number;
  readonly bytes: number;
}

/** How the archive stands at one moment. */
export interface Standing {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly status: ArchiveStatus;
  readonly breakdown: ArchiveBreakdown;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly verifyWithinDays: number;
  /** Of all copies. */
  readonly storedBytes: number;
  /** Items by the collection of their accession, without those below it; null: in none. */
  readonly collections: readonly {
    readonly name: string | null;
    readonly accessions: number;
    readonly items: Tally;
  }[];
  /** By name, of those that the policy of the archive calls at risk. */
  readonly formatsAtRisk: readonly string[];
  readonly copies: readonly CopiesRow[];
  /** Copies that were read and found as recorded within the days of the policy, and not otherwise since. */
  readonly verified: number;
  readonly places: readonly StandingPlace[];
  readonly openFindings: readonly { readonly outcome: string; readonly count: number }[];
  /** What held files prove of themselves, by verdict. */
  readonly verdicts: readonly { readonly verdict: string; readonly objects: number }[];
  /** What accessions noted of files that are in custody, or were not taken. */
  readonly problems: readonly { readonly code: string; readonly severity: string; readonly count: number }[];
  readonly lacking: {
    /** The first two hundred. */
    readonly accessions: readonly LackingAccession[];
    readonly total: number;
    /** Of accessions without a documented rights basis. */
    readonly itemsWithoutRights: Tally;
    readonly accessionsWithoutCollection: number;
  };
  /** Items in custody of which these are not known, from whatever source. */
  readonly description: {
    readonly items: number;
    readonly titleByNobody: number;
    readonly withoutCreator: number;
    readonly withoutDate: number;
  };
  /** Bytes taken in with each sealed accrual, ever; RFC 3339. */
  readonly intakeEver: readonly { readonly at: string; readonly bytes: number }[];
}

/** Milliseconds since 1970, UTC. */
export interface ReportPeriod {
  readonly from: number;
  /** Not included. */
  readonly until: number;
}

export interface FindingFigures {
  /** `YYYY-MM`; months without either are left out. */
  readonly byMonth: readonly { readonly month: string; readonly opened: number; readonly closed: number }[];
  readonly openAtStart: number;
  readonly openAtEnd: number;
  readonly opened: readonly { readonly outcome: string; readonly count: number }[];
  readonly closed: readonly { readonly resolution: string; readonly count: number }[];
  /** From the check that found it to the decision, of what was closed; milliseconds. Null where nothing was. */
  readonly timeToClose: { readonly median: number; readonly longest: number } | null;
}

export interface CheckDay {
  /** `YYYY-MM-DD`, on which the run closed. */
  readonly day: string;
  readonly runs: number;
  readonly checked: number;
  readonly findings: number;
}

/** What was recorded in a period. */
export interface PeriodFigures {
  readonly intake: readonly {
    readonly number: string;
    readonly title: string;
    readonly collection: string | null;
    readonly accrual: number;
    readonly sealedAt: string;
    readonly files: number;
    readonly bytes: number;
    readonly hours: number;
  }[];
  readonly appraisals: {
    readonly surveyed: number;
    readonly accepted: number;
    readonly declined: readonly {
      readonly title: string;
      readonly source: string | null;
      readonly at: string;
      readonly reason: string;
      readonly by: string;
      readonly files: number;
      readonly bytes: number;
      readonly hours: number;
    }[];
  };
  readonly letGo: readonly {
    readonly number: string;
    readonly title: string;
    readonly at: string;
    readonly reason: string;
    readonly authority: string;
    readonly by: string;
    readonly items: number;
    readonly replicas: number;
    readonly bytes: number;
    readonly hours: number;
  }[];
  /** Copies whose bytes were found removed in the period. */
  readonly removed: { readonly replicas: number; readonly bytes: number };
  readonly findings: FindingFigures;
  readonly checks: readonly CheckDay[];
}

export interface AnnualFigures {
  readonly standing: Standing;
  readonly period: PeriodFigures;
}

export interface ReportedRun {
  readonly id: string;
  readonly kind: 'audit' | 'rescan';
  readonly location: string | null;
  readonly agent: string;
  readonly openedAt: string;
  readonly closedAt: string;
  readonly planned: number;
  readonly checked: number;
  /** Null where the run read other locations too, and one is asked for. */
  readonly bytesRead: number | null;
  readonly complete: boolean;
  readonly outcomes: Readonly<Record<string, number>>;
}

export interface ReportedFinding {
  readonly id: string;
  /** Null once erased. */
  readonly path: PathJson | null;
  readonly location: string | null;
  readonly outcome: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly resolution: string | null;
}

export interface FixityFigures {
  readonly at: string;
  readonly status: ArchiveStatus;
  readonly verifyWithinDays: number;
  readonly location: string | null;
  readonly runs: readonly ReportedRun[];
  readonly checks: readonly CheckDay[];
  readonly findings: FindingFigures;
  /** Opened or closed in the period, newest first: the first thousand. */
  readonly listed: readonly ReportedFinding[];
  readonly listedTotal: number;
  readonly places: readonly { readonly name: string; readonly health: LocationHealth }[];
}

export interface ReportReader {
  /** @param now milliseconds since 1970 */
  conditionFigures(now: number): Promise<Standing>;
  annualFigures(period: ReportPeriod, now: number): Promise<AnnualFigures>;
  fixityFigures(period: ReportPeriod, locationId: number | undefined, now: number): Promise<FixityFigures>;
}
