import { Link } from '@tanstack/react-router';
import { FolderSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HandOut } from '../../../shared/contract/hand-outs.ts';
import { useDesktop } from '../../client/index.ts';
import {
  Button,
  Digest,
  Facts,
  formatBytes,
  formatCount,
  formatDateTime,
  Notice,
  PathText,
  SafeText,
  Section,
  Term,
  useTexts,
} from '../../ui/index.ts';
import { CommandLine } from './command-line.tsx';
import { digestNames, reservationText } from './hand-out-words.ts';
import styles from './hand-outs.module.css';
import { packageCheck } from './package-check.ts';
import { quietly } from './quietly.ts';

/** A package as it is recorded: what left, where it was made, how whoever has it checks it, and what the log commits to. */
export function HandOutRecord({
  handOut,
  children,
}: {
  readonly handOut: HandOut;
  readonly children?: ReactNode;
}): ReactNode {
  const { t } = useTexts('hand-outs');
  const desktop = useDesktop();
  const { as, state, path, files, bytes, withheld, seal, recipient, reservation, overrideRights } = handOut;
  const isMade = state === 'done';
  return (
    <>
      <Notice
        tone={isMade && withheld === 0 ? 'plain' : 'due'}
        title={t(`record.state.${state}`, { count: files, n: formatCount(files), bytes: formatBytes(bytes) })}
        actions={
          isMade &&
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
        {withheld > 0 && <p>{t('record.withheld', { count: withheld, n: formatCount(withheld) })}</p>}
      </Notice>
      {children}
      {isMade && (
        <Section title={t('record.how')}>
          <p className={styles.lead}>{t(`record.beside.${as}`)}</p>
          <CommandLine command={packageCheck(handOut)} />
          <p className={styles.lead}>{t('record.howWhy')}</p>
        </Section>
      )}
      <Facts
        rows={[
          { term: t('plan.fact.of'), value: <SafeText value={handOut.of} /> },
          {
            term: t('plan.fact.recipient'),
            value: recipient === undefined ? t('plan.nobody') : <SafeText value={recipient} />,
          },
          { term: t('plan.fact.form'), value: t(`package.as.${as}`) },
          { term: t('plan.fact.digests'), value: digestNames(handOut.digests) },
          ...(reservation === undefined
            ? []
            : [{ term: t('plan.fact.reserved'), value: reservationText(reservation, t) }]),
          ...(overrideRights === undefined
            ? []
            : [{ term: t('record.fact.override'), value: <SafeText value={overrideRights} isMultiline /> }]),
          ...(seal === undefined
            ? []
            : [
                {
                  term: t('record.fact.seal', { of: seal.of }),
                  value: <Digest value={seal.sha256} algorithm="SHA-256" />,
                },
              ]),
          ...(seal?.file === undefined
            ? []
            : [
                {
                  term: t('record.fact.file', { form: as }),
                  value: <Digest value={seal.file} algorithm="SHA-256" />,
                },
              ]),
          { term: t('written.fact.agent'), value: <SafeText value={handOut.agent} /> },
          { term: t('history.at'), value: formatDateTime(handOut.closedAt ?? handOut.openedAt) },
          {
            term: <Term id="log-head">{t('written.fact.head')}</Term>,
            value: <Digest value={handOut.log.head} algorithm="SHA-256" />,
          },
          { term: t('record.fact.id'), value: handOut.id },
          ...(handOut.event === undefined
            ? []
            : [
                {
                  term: t('written.fact.event'),
                  value: (
                    <Link to="/log/$id" params={{ id: handOut.event }}>
                      {handOut.event}
                    </Link>
                  ),
                },
              ]),
        ]}
      />
    </>
  );
}
