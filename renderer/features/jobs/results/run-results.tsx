import { Link } from '@tanstack/react-router';
import type { AuditResult, RescanResult } from '../../../../shared/contract/fixity.ts';
import { formatBytes, formatCount, Notice, plainVisible, SafeText, useTexts } from '../../../ui/index.ts';
import { OutcomeCounts } from '../counts.tsx';
import styles from '../jobs.module.css';
import { PathRows } from '../path-rows.tsx';
import { wordOf } from '../words.ts';

export function AuditResultView({ result }: { readonly result: AuditResult }) {
  const { t } = useTexts('jobs');
  const { planned, outcomes, bytesRead, run, tagFiles } = result;
  const checked = planned - (outcomes.not_checked ?? 0);
  return (
    <>
      <p className={styles.sentence}>
        {planned === 0
          ? t('audit.empty')
          : checked > 0
            ? t('audit.verified', { size: formatBytes(bytesRead) })
            : t('audit.nothing')}{' '}
        {planned > 0 && (!run.complete || checked < planned)
          ? t('audit.rest', { count: checked, n: formatCount(checked), planned: formatCount(planned) })
          : ''}
      </p>
      <Unreachable places={result.unreachable} />
      <OutcomeCounts title={t('audit.outcomes')} outcomes={outcomes} />
      <RunFindings findings={result.findings} total={result.findingsTotal} />
      {tagFiles !== undefined && (
        <PathRows
          title={t('audit.tagFiles')}
          why={t('audit.tagFilesWhy')}
          column={t('result.outcome')}
          rows={tagFiles.findings.map(({ path, outcome }) => ({
            path,
            text: '',
            mark: wordOf(t, 'outcome', outcome),
          }))}
          total={tagFiles.findingsTotal}
        />
      )}
    </>
  );
}

export function RescanResultView({ result }: { readonly result: RescanResult }) {
  const { t } = useTexts('jobs');
  const { outcomes, bytesRead, gone, untracked } = result;
  return (
    <>
      <p className={styles.sentence}>
        {bytesRead > 0 ? t('rescan.compared', { size: formatBytes(bytesRead) }) : t('rescan.comparedNone')}
      </p>
      <Unreachable places={result.unreachable} />
      <OutcomeCounts title={t('audit.outcomes')} outcomes={outcomes} />
      <PathRows
        title={t('rescan.gone')}
        why={t('rescan.goneWhy')}
        rows={gone.map(({ path }) => ({ path, text: '' }))}
        total={outcomes.gone ?? gone.length}
      />
      <PathRows
        title={t('rescan.untracked')}
        why={t('rescan.untrackedWhy')}
        rows={untracked.map(({ path }) => ({ path, text: '' }))}
        total={outcomes.untracked ?? untracked.length}
      />
      <RunFindings findings={result.findings} total={result.findingsTotal} />
    </>
  );
}

function RunFindings({
  findings,
  total,
}: {
  readonly findings: AuditResult['findings'];
  readonly total: number;
}) {
  const { t } = useTexts('jobs');
  if (total === 0) return null;
  return (
    <>
      <PathRows
        title={t('audit.findings')}
        why={t('audit.findingsWhy')}
        column={t('result.outcome')}
        rows={findings.map(({ path, outcome }) => ({ path, text: '', mark: wordOf(t, 'outcome', outcome) }))}
        total={total}
      />
      <p className={styles.links}>
        <Link to="/fixity">{t('audit.findingsAct')}</Link>
      </p>
    </>
  );
}

function Unreachable({ places }: { readonly places: AuditResult['unreachable'] }) {
  const { t } = useTexts('jobs');
  return places.map(({ location, name, reason }) => (
    <Notice key={location} tone="due" title={t('audit.unreachable', { name: plainVisible(name, 200) })}>
      <SafeText value={t('audit.unreachableWhy', { reason })} />
    </Notice>
  ));
}
