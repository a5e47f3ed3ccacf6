import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import type { PriorImport } from '../../../shared/contract/manifests.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  DateField,
  Facts,
  formatCount,
  formatDate,
  Notice,
  PathText,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  SafeText,
  Select,
  Term,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import styles from './hand-outs.module.css';

type Of = 'accession' | 'location';

/** A checksum manifest held against what is in custody: at first nothing is recorded; what agrees may then be taken in as prior baseline. */
export function ManifestCheck({ manifest }: { readonly manifest: PathValue }): ReactNode {
  const { t } = useTexts('hand-outs');
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? true;
  const accessions = useCall('accession', 'list', { limit: 1000 }).data?.rows ?? [];
  const locations = useCall('locations', 'list').data?.rows ?? [];
  const [of, setOf] = useState<Of>('accession');
  const [accession, setAccession] = useState('');
  const [location, setLocation] = useState('');
  const [by, setBy] = useState('');
  const [on, setOn] = useState('');
  const compare = useAct('manifests', 'import');
  const record = useAct('manifests', 'import');
  const change =
    <Value,>(set: (value: Value) => void) =>
    (value: Value): void => {
      compare.reset();
      record.reset();
      set(value);
    };
  const id = of === 'accession' ? accession : location;
  const isSaid = id !== '' && by.trim() !== '' && on !== '';
  const wish = (dryRun: boolean) => ({ manifest, [of]: id, by: by.trim(), on, dryRun });
  return (
    <div className={styles.form}>
      <p className={styles.lead}>{t('prior.lead')}</p>
      <RadioGroup<Of>
        label={t('prior.of')}
        value={of}
        onChange={change(setOf)}
        options={[
          { value: 'accession', label: t('prior.ofAccession'), description: t('prior.ofAccessionWhy') },
          { value: 'location', label: t('prior.ofLocation'), description: t('prior.ofLocationWhy') },
        ]}
      />
      <div className={styles.fields}>
        {of === 'accession' ? (
          <Select
            label={t('what.accession')}
            value={accession}
            onChange={change(setAccession)}
            options={accessions.map((each) => ({
              id: each.id,
              label: `${each.number} ${plainVisible(each.title, 80)}`,
            }))}
            isRequired
          />
        ) : (
          <Select
            label={t('what.location')}
            value={location}
            onChange={change(setLocation)}
            options={locations.map((each) => ({ id: each.id, label: plainVisible(each.name, 80) }))}
            isRequired
          />
        )}
        <TextField
          label={t('prior.by')}
          description={t('prior.byWhy')}
          value={by}
          onChange={change(setBy)}
          isRequired
        />
        <DateField label={t('prior.on')} value={on} onChange={change(setOn)} isRequired />
      </div>
      <div className={styles.onward}>
        <Button
          variant={compare.data === undefined ? 'primary' : 'plain'}
          isDisabled={!isSaid || compare.isPending}
          onPress={() => compare.mutate(wish(true))}
        >
          {t('prior.compare')}
        </Button>
        <span className={styles.muted}>{t('prior.compareWhat')}</span>
      </div>
      {compare.error !== null && <ProblemNotice error={compare.error} />}
      {compare.data !== undefined && record.data === undefined && (
        <>
          <Compared result={compare.data} />
          {compare.data.before === undefined && compare.data.matched > 0 && compare.data.wrongLines === 0 && (
            <div className={styles.onward}>
              <Button isDisabled={isReadOnly || record.isPending} onPress={() => record.mutate(wish(false))}>
                {t('prior.record')}
              </Button>
              <span className={styles.muted}>
                {t('prior.recordWhat')} <Term id="baseline">{t('prior.recordTerm')}</Term>
              </span>
            </div>
          )}
        </>
      )}
      {record.error !== null && <ProblemNotice error={record.error} />}
      {record.data !== undefined && <Compared result={record.data} />}
    </div>
  );
}

const SHOWN = 100;

function Compared({ result }: { readonly result: PriorImport }): ReactNode {
  const { t } = useTexts('hand-outs');
  const {
    agreeing,
    differing,
    differences,
    unmatched,
    unmatchedLines,
    wrongLines,
    wrong,
    lines,
    on,
    before,
  } = result;
  const words = { count: agreeing, agreeing: formatCount(agreeing), on: formatDate(on) };
  const isAsked = differing > 0 || wrongLines > 0;
  return (
    <div className={styles.report} aria-live="polite">
      <Notice
        tone={differing > 0 ? 'finding' : isAsked || unmatched > 0 ? 'due' : 'plain'}
        title={
          differing > 0
            ? t('prior.differ', { count: differing, differing: formatCount(differing) })
            : agreeing > 0
              ? t('prior.agree', words)
              : t('prior.nothing')
        }
      >
        {differing > 0 && agreeing > 0 && <p>{t('prior.agree', words)}</p>}
        <p>{result.recorded ? t('prior.recorded') : t('prior.notRecorded')}</p>
        {before !== undefined && <p>{t('prior.before', { event: before.event })}</p>}
        {result.recorded && differing > 0 && <Link to="/fixity">{t('prior.findings')}</Link>}
      </Notice>
      {differing > 0 && (
        <section className={styles.group} aria-label={t('prior.differTitle')}>
          <p className={styles.groupWords}>{t('prior.differTitle')}</p>
          <ul className={styles.files}>
            {differences.slice(0, SHOWN).map(({ replica, path, algorithm }) => (
              <li key={`${replica} ${algorithm}`}>
                <PathText path={path} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {wrongLines > 0 && (
        <Lines
          title={t('prior.wrong', {
            count: wrongLines,
            n: formatCount(wrongLines),
            lines: formatCount(lines),
          })}
          rows={wrong.map(({ line, message }) => ({ line, text: message }))}
        />
      )}
      {unmatched > 0 && (
        <Lines
          title={t('prior.unmatched', { count: unmatched, n: formatCount(unmatched) })}
          rows={unmatchedLines.map(({ line, path }) => ({ line, text: path }))}
        />
      )}
      <Facts
        rows={[
          { term: t('prior.fact.lines'), value: formatCount(lines) },
          { term: t('prior.fact.notComparable'), value: formatCount(result.notComparable) },
          { term: t('prior.fact.repeated'), value: formatCount(result.repeated) },
          { term: t('prior.fact.dialects'), value: <SafeText value={result.dialects.join(', ')} /> },
          { term: t('prior.fact.characters'), value: <SafeText value={result.characterSet} /> },
        ]}
      />
    </div>
  );
}

function Lines({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly { readonly line: number; readonly text: string }[];
}): ReactNode {
  const { t } = useTexts('hand-outs');
  return (
    <section className={styles.group} aria-label={title}>
      <p className={styles.groupWords}>{title}</p>
      <ul className={styles.files}>
        {rows.map(({ line, text }) => (
          <li key={line}>
            <span className={styles.muted}>{t('prior.line', { n: formatCount(line) })}</span>{' '}
            <SafeText value={text} />
          </li>
        ))}
      </ul>
    </section>
  );
}
