import { Copy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { BagReportRow } from '../../../shared/contract/packaging.ts';
import {
  Button,
  copyText,
  Facts,
  formatBytes,
  formatCount,
  formatDateTime,
  Notch,
  Notice,
  PathText,
  SafeText,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import { findingGroups, type FindingGroup } from './finding-groups.ts';
import styles from './hand-outs.module.css';
import { reportText } from './report-text.ts';

const FIRST = 10;
const MORE = 200;
const TONES = {
  valid: 'plain',
  valid_with_warnings: 'due',
  complete: 'due',
  incomplete: 'finding',
  undetermined: 'finding',
  invalid: 'finding',
} as const;

/** What was found of one bag: the verdict and how it is known, then what differs, then the bag itself. */
export function BagReport({ bag, at }: { readonly bag: BagReportRow; readonly at: string }): ReactNode {
  const { t } = useTexts('hand-outs');
  const { tell } = useToast();
  const { path, verdict, form, version, files, bytes, verified, algorithms, info, profile } = bag;
  const groups = findingGroups(bag);
  const words = {
    count: files,
    files: formatCount(files),
    bytes: formatBytes(bytes),
    verified: formatCount(verified),
    algorithms: algorithms.join(', '),
  };
  return (
    <article className={styles.report} aria-label={path.display}>
      <header className={styles.reportHead}>
        <h2 className={styles.reportName}>
          <PathText path={path} />
        </h2>
        <Button
          icon={Copy}
          onPress={() => {
            if (copyText(reportText(bag, formatDateTime(at), t))) tell(t('check.copied'));
          }}
        >
          {t('check.copy')}
        </Button>
      </header>
      <Notice tone={TONES[verdict]} title={t(`check.verdict.${verdict}`)}>
        <p>{t(`check.why.${verdict}`, words)}</p>
        {profile !== undefined && (
          <p>
            {t(profile.isMet ? 'check.profileMet' : 'check.profileNotMet')}{' '}
            <SafeText value={profile.identifier} maxLength={200} />
          </p>
        )}
      </Notice>
      {groups.map((group) => (
        <Group key={group.code} group={group} />
      ))}
      <Facts
        rows={[
          { term: t('check.fact.payload'), value: t('check.fact.holds', words) },
          { term: t('check.fact.read'), value: t('check.fact.readOf', words) },
          { term: t('check.fact.form'), value: t(`check.form.${form === 'tar.gz' ? 'tar_gz' : form}`) },
          {
            term: t('check.fact.version'),
            value: version === undefined ? t('check.fact.undeclared') : <SafeText value={version} />,
          },
          {
            term: t('check.fact.manifests'),
            value: algorithms.length === 0 ? t('check.fact.none') : algorithms.join(', '),
          },
          ...info.slice(0, 30).map(([label, value]) => ({
            term: <SafeText value={label} maxLength={80} />,
            value: <SafeText value={value} />,
          })),
        ]}
      />
    </article>
  );
}

function Group({ group }: { readonly group: FindingGroup }): ReactNode {
  const { t } = useTexts('hand-outs');
  const [most, setMost] = useState(FIRST);
  const { code, severity, rule, message, count, rows } = group;
  const isWarning = severity === 'warning' || severity === 'profile';
  const named = rows.filter(({ file, message: own }) => file !== undefined || own !== undefined);
  return (
    <section className={styles.group} data-code={code} aria-label={message}>
      <p className={styles.groupHead}>
        {isWarning ? (
          <span className={styles.warning}>{t(`check.severity.${severity}`)}</span>
        ) : (
          <Notch kind="finding" label={t(`check.severity.${severity}`)} />
        )}
        {count > 1 && (
          <span className={styles.groupCount}>{t('check.times', { n: formatCount(count) })}</span>
        )}
      </p>
      <p className={styles.groupWords}>
        <SafeText value={message} />
      </p>
      <p className={styles.rule}>{t('check.rule', { rule, code })}</p>
      {named.length > 0 && (
        <ul className={styles.files}>
          {named.slice(0, most).map(({ file, message: own }, index) => (
            <li key={index}>
              {file === undefined ? (
                <span className={styles.muted}>{t('check.whole')}</span>
              ) : (
                <PathText path={file} />
              )}
              {own !== undefined && (
                <p className={styles.muted}>
                  <SafeText value={own} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {named.length > most ? (
        <Button variant="quiet" onPress={() => setMost((now) => now + MORE)}>
          {t('check.more', { n: formatCount(Math.min(MORE, named.length - most)) })}
        </Button>
      ) : (
        count > rows.length && (
          <p className={styles.muted}>
            {t('check.listed', { shown: formatCount(rows.length), n: formatCount(count) })}
          </p>
        )
      )}
    </section>
  );
}
