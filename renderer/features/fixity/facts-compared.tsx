import type { ReactNode } from 'react';
import type { FindingDetail } from '../../../shared/contract/decisions.ts';
import { readEvidence } from '../../../shared/domain/finding-evidence.ts';
import { formatBytes, formatCount, formatDateTime, Term, useTexts } from '../../ui/index.ts';
import styles from './detail.module.css';

/** What is expected and what was found, fact by fact side by side; where they differ is said, and not by colour alone. */
export function FactsCompared({ finding }: { readonly finding: FindingDetail }): ReactNode {
  const { t } = useTexts('fixity');
  const { expected, found } = finding;
  const { attested, prior } = readEvidence(finding.detail);
  const isRead = attested === undefined && prior === undefined;
  const absent = isRead ? t(`compared.absent.${finding.outcome}`) : t('compared.notRead');
  const rows = [
    {
      name: 'digest',
      term: <Term id="message-digest">{t('compared.digest')}</Term>,
      then: expected.sha256 === undefined ? undefined : <FullDigest value={expected.sha256} />,
      now: found?.sha256 === undefined ? undefined : <FullDigest value={found.sha256} />,
      differs: differs(expected.sha256, found?.sha256),
    },
    {
      name: 'size',
      term: t('compared.size'),
      then: sizeOf(expected.size),
      now: sizeOf(found?.size),
      differs: differs(expected.size, found?.size),
    },
    {
      name: 'modified',
      term: t('compared.modified'),
      then: expected.modifiedAt === undefined ? undefined : formatDateTime(expected.modifiedAt),
      now: found?.modifiedAt === undefined ? undefined : formatDateTime(found.modifiedAt),
      differs: differs(expected.modifiedAt, found?.modifiedAt),
    },
  ];
  return (
    <table className={styles.compared}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('compared.expected')}</th>
          <th scope="col">{t('compared.found')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, term, then, now, differs: isOther }) => (
          <tr key={name} data-differs={isOther}>
            <th scope="row">{term}</th>
            <td>{then ?? <span className={styles.muted}>{t('compared.notKept')}</span>}</td>
            <td>
              {now ?? (
                <span className={styles.muted}>{found === undefined ? absent : t('compared.notKept')}</span>
              )}
              {isOther && <span className={styles.other}>{t('compared.differs')}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );

  function sizeOf(bytes: number | undefined): string | undefined {
    return bytes === undefined
      ? undefined
      : t('compared.bytes', { size: formatBytes(bytes), bytes: formatCount(bytes) });
  }
}

function differs(then: unknown, now: unknown): boolean {
  return then !== undefined && now !== undefined && then !== now;
}

/** All of it, in groups of four: two of them are compared by eye, line by line. The gaps are drawn, so that a copy has none. */
function FullDigest({ value }: { readonly value: string }): ReactNode {
  return (
    <span className={styles.groups}>
      {value.match(/.{1,4}/gsu)?.map((group, at) => (
        <span key={at}>{group}</span>
      ))}
    </span>
  );
}
