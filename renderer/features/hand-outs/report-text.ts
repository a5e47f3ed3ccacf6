/** What was found of a bag as plain text, for a letter to whoever sent it. */
import type { BagReportRow } from '../../../shared/contract/packaging.ts';
import { formatBytes, formatCount, type Texts } from '../../ui/index.ts';
import { findingGroups } from './finding-groups.ts';

export function reportText(bag: BagReportRow, at: string, t: Texts): string {
  const { path, files, bytes, verified, algorithms, findings, findingsTotal } = bag;
  const lines = [
    path.display,
    t(`check.verdict.${bag.verdict}`),
    t('check.text.read', {
      at,
      files: formatCount(files),
      bytes: formatBytes(bytes),
      verified: formatCount(verified),
      algorithms: algorithms.join(', '),
    }),
  ];
  for (const { code, rule, severity, message, count, rows } of findingGroups(bag)) {
    lines.push(
      '',
      `${t(`check.severity.${severity}`)}, ${formatCount(count)}: ${message} (${code}, ${rule})`,
    );
    for (const { file, message: own } of rows) {
      const name = file?.display ?? t('check.whole');
      lines.push(`  ${name}${own === undefined ? '' : `: ${own}`}`.replace(/[\r\n]+/g, ' '));
    }
  }
  if (findingsTotal > findings.length)
    lines.push('', t('check.listed', { shown: formatCount(findings.length), n: formatCount(findingsTotal) }));
  return `${lines.join('\n')}\n`;
}
