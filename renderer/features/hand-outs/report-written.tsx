import { Link } from '@tanstack/react-router';
import { FolderSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReportResult } from '../../../shared/contract/reports.ts';
import { useDesktop } from '../../client/index.ts';
import {
  Button,
  Digest,
  Facts,
  formatBytes,
  Notice,
  PathText,
  SafeText,
  Section,
  Term,
  useTexts,
} from '../../ui/index.ts';
import styles from './hand-outs.module.css';
import { quietly } from './quietly.ts';

/** What a report says first, and where it stands in which form. */
export function ReportWritten({ result }: { readonly result: ReportResult }): ReactNode {
  const { t } = useTexts('hand-outs');
  const desktop = useDesktop();
  const { title, lead, written, agent, log, event } = result;
  const [first] = written;
  return (
    <div className={styles.report}>
      <Notice
        title={t('report.written')}
        actions={
          desktop.kind === 'electron' &&
          first !== undefined && (
            <Button icon={FolderSearch} onPress={() => quietly(desktop.reveal(first.path))}>
              {t('written.reveal')}
            </Button>
          )
        }
      >
        <ul className={styles.written}>
          {written.map(({ form, path, size }) => (
            <li key={form}>
              <PathText path={path} />
              <p className={styles.muted}>{t(`report.form.${form}`, { bytes: formatBytes(size) })}</p>
            </li>
          ))}
        </ul>
      </Notice>
      <Section title={<SafeText value={title} />}>
        {lead.map((sentence, at) => (
          <p key={at} className={styles.lead}>
            <SafeText value={sentence} />
          </p>
        ))}
      </Section>
      <Facts
        rows={[
          ...written.map(({ form, sha256 }) => ({
            term: t(`report.digest.${form}`),
            value: <Digest value={sha256} algorithm="SHA-256" />,
          })),
          { term: t('written.fact.agent'), value: <SafeText value={agent} /> },
          {
            term: <Term id="log-head">{t('written.fact.head')}</Term>,
            value: <Digest value={log.head} algorithm="SHA-256" />,
          },
          {
            term: t('written.fact.event'),
            value: (
              <Link to="/log/$id" params={{ id: event }}>
                {event}
              </Link>
            ),
          },
        ]}
      />
    </div>
  );
}
