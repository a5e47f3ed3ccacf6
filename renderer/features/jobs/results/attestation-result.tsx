import type { Attestation } from '../../../../shared/contract/attesting.ts';
import { Facts, formatCount, formatDate, plainVisible, useTexts, type Texts } from '../../../ui/index.ts';
import styles from '../jobs.module.css';

/** What somebody else's manifest said of a location. */
export function AttestationResultView({ result }: { readonly result: Attestation }) {
  const { t } = useTexts('jobs');
  const rest = ['wrong', 'differing', 'readSince', 'notComparable', 'unmatched', 'findings'] as const;
  const counts = { ...result, wrong: result.wrongLines };
  return (
    <>
      <p className={styles.sentence}>{sentence(result, t)}</p>
      <Facts
        rows={[
          { term: t('attestation.lines'), value: formatCount(result.lines) },
          {
            term: t('attestation.matched'),
            value: t('attestation.matchedOf', {
              n: formatCount(result.matched),
              total: formatCount(result.replicas),
            }),
          },
          { term: t('attestation.attested'), value: formatCount(result.attested) },
          ...rest
            .filter((name) => counts[name] > 0)
            .map((name) => ({ term: t(`attestation.${name}`), value: formatCount(counts[name]) })),
        ]}
      />
    </>
  );
}

function sentence(
  { recorded, dryRun, before, by, on, location, attested, wrongLines }: Attestation,
  t: Texts,
): string {
  if (recorded)
    return t('attestation.recorded', {
      count: attested,
      n: formatCount(attested),
      by: plainVisible(by, 80),
      on: formatDate(on),
      location: plainVisible(location.name, 80),
    });
  if (before !== undefined) return t('attestation.before');
  if (dryRun) return t('attestation.dryRun');
  return t('attestation.refused', { count: wrongLines, n: formatCount(wrongLines) });
}
