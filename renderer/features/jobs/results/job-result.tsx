import { accessionResultSchema, surveyResultSchema } from '../../../../shared/contract/accession.ts';
import { attestationSchema } from '../../../../shared/contract/attesting.ts';
import { decisionResultSchema } from '../../../../shared/contract/decisions.ts';
import { deletionResultSchema } from '../../../../shared/contract/custody.ts';
import { auditResultSchema, rescanResultSchema } from '../../../../shared/contract/fixity.ts';
import type { Job } from '../../../../shared/contract/jobs.ts';
import { manifestResultSchema } from '../../../../shared/contract/manifests.ts';
import { bagValidationResultSchema } from '../../../../shared/contract/packaging.ts';
import { replicationResultSchema } from '../../../../shared/contract/replication.ts';
import { useTexts } from '../../../ui/index.ts';
import { AccessionResultView } from './accession-result.tsx';
import { AttestationResultView } from './attestation-result.tsx';
import { DecisionResultView } from './decision-result.tsx';
import { DeletionResultView } from './deletion-result.tsx';
import { ManifestResultView } from './manifest-result.tsx';
import { ReplicationResultView } from './replication-result.tsx';
import { AuditResultView, RescanResultView } from './run-results.tsx';
import { SurveyResultView } from './survey-result.tsx';
import { ValidationResultView } from './validation-result.tsx';

/** What a job did, read with the schema of its kind: an older version of the program may have written it. */
export function JobResult({ job }: { readonly job: Job }) {
  const { t } = useTexts('jobs');
  return view(job) ?? <p>{t('result.unknown')}</p>;
}

function view({ kind, result }: Job) {
  switch (kind) {
    case 'accession': {
      const { data } = accessionResultSchema.safeParse(result);
      return data && <AccessionResultView result={data} />;
    }
    case 'survey': {
      const { data } = surveyResultSchema.safeParse(result);
      return data && <SurveyResultView result={data} />;
    }
    case 'audit': {
      const { data } = auditResultSchema.safeParse(result);
      return data && <AuditResultView result={data} />;
    }
    case 'rescan': {
      const { data } = rescanResultSchema.safeParse(result);
      return data && <RescanResultView result={data} />;
    }
    case 'replication': {
      const { data } = replicationResultSchema.safeParse(result);
      return data && <ReplicationResultView result={data} />;
    }
    case 'deletion': {
      const { data } = deletionResultSchema.safeParse(result);
      return data && <DeletionResultView result={data} />;
    }
    case 'resolution':
    case 'recovery': {
      const { data } = decisionResultSchema.safeParse(result);
      return data && <DecisionResultView kind={kind} result={data} />;
    }
    case 'attestation': {
      const { data } = attestationSchema.safeParse(result);
      return data && <AttestationResultView result={data} />;
    }
    case 'exporting': {
      const { data } = manifestResultSchema.safeParse(result);
      return data && <ManifestResultView result={data} />;
    }
    case 'validation': {
      const { data } = bagValidationResultSchema.safeParse(result);
      return data && <ValidationResultView result={data} />;
    }
  }
}
