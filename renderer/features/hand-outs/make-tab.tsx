import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { packageResultSchema } from '../../../shared/contract/hand-outs.ts';
import { manifestResultSchema } from '../../../shared/contract/manifests.ts';
import { reportResultSchema } from '../../../shared/contract/reports.ts';
import { Button, Notice, RadioGroup, useTexts } from '../../ui/index.ts';
import { Arrival } from './arrival.tsx';
import styles from './hand-outs.module.css';
import { MADE, type Made, type MakeSearch } from './hand-outs-search.ts';
import { JobRun } from './job-run.tsx';
import { ManifestForm } from './manifest-form.tsx';
import { ManifestWritten } from './manifest-written.tsx';
import { PackageForm } from './package-form.tsx';
import { PackageMade } from './package-made.tsx';
import { quietly } from './quietly.ts';
import { ReportForm } from './report-form.tsx';
import { ReportWritten } from './report-written.tsx';

const FORMS = { manifest: ManifestForm, package: PackageForm, report: ReportForm } as const;

/** What → which form → what was made, with how others check it. The address has the job, so that a reload finds its result. */
export function MakeTab({ search }: { readonly search: MakeSearch }): ReactNode {
  const { t } = useTexts('hand-outs');
  const navigate = useNavigate();
  const [started, setStarted] = useState<string>();
  const { job, ...address } = search;
  const { as = 'manifest' } = address;
  const go = (next: MakeSearch, replace = false): void =>
    quietly(navigate({ to: '/hand-outs', search: { ...next }, replace }));
  const begun = (id: string): void => {
    setStarted(id);
    go({ ...address, job: id });
  };
  if (job === undefined) {
    const Form = FORMS[as];
    return (
      <div className={styles.room}>
        <Form address={address} onStarted={begun}>
          <RadioGroup<Made>
            label={t('make.made')}
            value={as}
            onChange={(next) => go({ ...address, as: next }, true)}
            options={MADE.map((value) => ({
              value,
              label: t(`make.as.${value}`),
              description: t(`make.asWhy.${value}`),
            }))}
          />
        </Form>
      </div>
    );
  }
  const again = <Button onPress={() => go(address)}>{t('make.another')}</Button>;
  const label = t(`make.running.${as}`);
  const run = (
    <JobRun id={job} label={label} again={again}>
      {({ result }) => (
        <>
          <Result result={result} />
          <div className={styles.acts}>{again}</div>
        </>
      )}
    </JobRun>
  );
  return <div className={styles.room}>{started === job ? <Arrival label={label}>{run}</Arrival> : run}</div>;
}

/** By what it is: an address may say one thing and name the job of another. */
function Result({ result }: { readonly result: unknown }): ReactNode {
  const { t } = useTexts('hand-outs');
  const made = packageResultSchema.safeParse(result);
  if (made.success) return <PackageMade result={made.data} />;
  const report = reportResultSchema.safeParse(result);
  if (report.success) return <ReportWritten result={report.data} />;
  const written = manifestResultSchema.safeParse(result);
  if (written.success) return <ManifestWritten result={written.data} />;
  return <Notice tone="due" title={t('check.noResult')} />;
}
