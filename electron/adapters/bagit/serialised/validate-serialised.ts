/**
 * Judges a bag in a tar, tar.gz or zip by streaming it twice: once for its names and tag files, once for its payload. Nothing is
 * unpacked to disk, and no name of it is used as a path.
 */
import { stat } from 'node:fs/promises';
import type { BagReport, SerialForm, SerialValidation } from '../../../core/ports/bag-validation.ts';
import { bagVerdict } from '../../../../shared/domain/bag-findings.ts';
import type { RawPath } from '../../../../shared/domain/path.ts';
import { FindingList } from '../finding-list.ts';
import { judgeBag } from '../validate-bag.ts';
import { readContents } from './contents.ts';
import { SerialSource } from './serial-source.ts';
import { readTar } from './tar.ts';
import { readZip } from './zip.ts';

export async function validateSerialised(
  path: RawPath,
  form: SerialForm,
  { onBytes, ...validation }: SerialValidation,
): Promise<BagReport | undefined> {
  const findings = new FindingList();
  const read = () => (form === 'zip' ? readZip(path) : readTar(path, form === 'tar.gz'));
  const before = await stampOf(path);
  const contents = await readContents(read, path, findings);
  let report: BagReport = {
    verdict: 'invalid',
    payloadFiles: 0,
    payloadBytes: 0n,
    payloadVerified: 0,
    algorithms: [],
    manifests: [],
    info: [],
    findings: [],
    counts: new Map(),
  };
  if (contents !== undefined) {
    const source = new SerialSource(contents, read, findings, onBytes ?? (() => undefined));
    try {
      // One stream: two batches are enough to keep it going.
      const judging = { ...validation, concurrency: 1 };
      const judged = await judgeBag(source, form, judging, findings);
      if (judged === undefined) return undefined;
      report = judged;
    } finally {
      await source.close();
    }
  }
  if ((await stampOf(path)) !== before) findings.add('BAG-CHANGED-WHILE-CHECKED');
  return {
    ...report,
    verdict: bagVerdict(findings.severities(), validation.mode === 'full'),
    findings: findings.sorted(),
    counts: findings.counts,
  };
}

async function stampOf(path: RawPath): Promise<string> {
  const { size, mtimeNs, ctimeNs } = await stat(Buffer.from(path), { bigint: true });
  return `${size} ${mtimeNs} ${ctimeNs}`;
}
