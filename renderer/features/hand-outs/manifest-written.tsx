import { Link } from '@tanstack/react-router';
import { FolderSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ManifestResult } from '../../../shared/contract/manifests.ts';
import { manifestCheck } from '../../../shared/domain/manifest-check.ts';
import { ALGORITHM_NAMES } from '../../../shared/domain/manifest-forms.ts';
import { useDesktop } from '../../client/index.ts';
import {
  Button,
  Digest,
  Facts,
  formatBytes,
  formatCount,
  Notice,
  PathText,
  SafeText,
  Section,
  Term,
  useTexts,
} from '../../ui/index.ts';
import { CommandLine } from './command-line.tsx';
import styles from './hand-outs.module.css';
import { quietly } from './quietly.ts';
import { shellWord } from './shell-word.ts';

/** What was written, and how anyone who has the files checks them with it. */
export function ManifestWritten({ result }: { readonly result: ManifestResult }): ReactNode {
  const { t } = useTexts('hand-outs');
  const desktop = useDesktop();
  const { path, sha256, form, algorithms, files, bytes, locations, relative, omitted, omissions, amiss } =
    result;
  const name = path.display.split(/[\\/]/).at(-1) ?? path.display;
  const command = manifestCheck(form, algorithms, shellWord(name));
  const made = algorithms.map((each) => ALGORITHM_NAMES[each]).join(', ');
  return (
    <div className={styles.report}>
      <Notice
        tone={omitted > 0 || amiss > 0 ? 'due' : 'plain'}
        title={t('written.listed', { count: files, n: formatCount(files), bytes: formatBytes(bytes) })}
        actions={
          desktop.kind === 'electron' && (
            <Button icon={FolderSearch} onPress={() => quietly(desktop.reveal(path))}>
              {t('written.reveal')}
            </Button>
          )
        }
      >
        <p>
          <PathText path={path} />
        </p>
        {omitted > 0 && <p>{t('written.omitted', { count: omitted, n: formatCount(omitted) })}</p>}
        {amiss > 0 && <p>{t('written.amiss', { count: amiss, n: formatCount(amiss) })}</p>}
      </Notice>
      <Section title={t('written.how')}>
        {command !== undefined && <CommandLine command={command} />}
        <p className={styles.lead}>{t(`checkWhy.${form}`)}</p>
        {!relative && command !== undefined && <p className={styles.lead}>{t('written.anywhere')}</p>}
        {relative &&
          command !== undefined &&
          locations.map((location) => (
            <p key={location.id} className={styles.lead}>
              {t('written.within')} <PathText path={location.root} />
            </p>
          ))}
      </Section>
      {omitted > 0 && (
        <section className={styles.group} aria-label={t('written.notListed')}>
          <p className={styles.groupWords}>{t('written.notListed')}</p>
          <ul className={styles.files}>
            {omissions.map(({ path: each, reason }, at) => (
              <li key={at}>
                <PathText path={each} />
                <p className={styles.muted}>{t(`written.reason.${reason === 'name' ? 'name' : 'digest'}`)}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Facts
        rows={[
          { term: t('written.fact.digest'), value: <Digest value={sha256} algorithm="SHA-256" /> },
          { term: t('written.fact.form'), value: t(`form.${form}`) },
          { term: t('written.fact.made'), value: made === '' ? t('written.samples') : made },
          { term: t('written.fact.agent'), value: <SafeText value={result.agent} /> },
          {
            term: <Term id="log-head">{t('written.fact.head')}</Term>,
            value: <Digest value={result.log.head} algorithm="SHA-256" />,
          },
          {
            term: t('written.fact.event'),
            value: (
              <Link to="/log/$id" params={{ id: result.event }}>
                {result.event}
              </Link>
            ),
          },
        ]}
      />
    </div>
  );
}
