import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Accession } from '../../../shared/contract/accession.ts';
import type { Entity } from '../../../shared/contract/holdings.ts';
import { useCall, useDesktop } from '../../client/index.ts';
import {
  Button,
  Facts,
  Notch,
  PathText,
  SafeText,
  Section,
  Term,
  Time,
  formatCount,
  useTexts,
} from '../../ui/index.ts';
import styles from './accessions.module.css';
import { ReceiptButton } from './receipt.tsx';

/** What is recorded of an accession, and plainly what is not. */
export function AccessionFacts({
  accession,
  entity,
}: {
  readonly accession: Accession;
  readonly entity: Entity | undefined;
}): ReactNode {
  const { t } = useTexts('accessions');
  const { number, rightsBasis, rightsNote, source, acquired, agreement, collection, mode, agent, openedAt } =
    accession;
  const gap = (key: string): ReactNode => <Notch kind="overdue" label={t(key)} />;
  const text = (value: string): ReactNode => <SafeText value={value} isMultiline />;
  const responsible = entity?.facts['responsible'];
  return (
    <Facts
      rows={[
        { term: t('column.number'), value: <span className={styles.mono}>{number}</span> },
        {
          term: <Term id="rights-basis">{t('rights.basis')}</Term>,
          value: rightsBasis === 'unknown' ? gap('list.gap.rights') : t(`basis.${rightsBasis}`),
        },
        ...(rightsNote === '' ? [] : [{ term: t('rights.note'), value: text(rightsNote) }]),
        { term: t('rights.source'), value: source === undefined ? gap('list.gap.source') : text(source) },
        {
          term: t('rights.acquired'),
          value: acquired === undefined ? gap('list.gap.acquired') : text(acquired),
        },
        { term: t('rights.agreement'), value: agreement === undefined ? t('one.none') : text(agreement) },
        {
          term: t('column.collection'),
          value: collection === undefined ? t('one.noCollection') : text(collection),
        },
        { term: t('column.mode'), value: t(mode === 'in-place' ? 'one.inPlace' : 'one.managed') },
        {
          term: t('column.taken'),
          value: (
            <>
              <Time at={openedAt} /> {t('one.by')} <SafeText value={agent} maxLength={120} />
            </>
          ),
        },
        ...(typeof responsible === 'string' && responsible !== ''
          ? [{ term: t('one.responsible'), value: text(responsible) }]
          : []),
      ]}
    />
  );
}

/** Where the files stood when they were taken; of a deposit, its folders in the managed location. */
export function Folders({ accession }: { readonly accession: Accession }): ReactNode {
  const { t } = useTexts('accessions');
  const desktop = useDesktop();
  const locations = useCall('locations', 'list');
  if (accession.roots.length === 0) return null;
  return (
    <Section title={t(accession.mode === 'in-place' ? 'one.folders' : 'one.bags')}>
      <ul className={styles.folders}>
        {accession.roots.map(({ location, path }) => (
          <li key={`${location}:${path.display}`}>
            <PathText path={path} />
            <Link to="/locations/$id" params={{ id: location }} className={styles.link}>
              {locations.data?.rows.find((row) => row.id === location)?.name ?? location}
            </Link>
            {desktop.kind === 'electron' && (
              <Button
                variant="quiet"
                onPress={() => {
                  desktop.reveal(path).catch(() => undefined);
                }}
              >
                {t('act.reveal')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Sealed additions; where there are several, each with its own receipt. */
export function Accruals({ accession }: { readonly accession: Accession }): ReactNode {
  const { t } = useTexts('accessions');
  const { accruals } = accession;
  return (
    <Section title={t('accrual.title')} description={<Term id="accrual">{t('accrual.term')}</Term>}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('accrual.number')}</th>
            <th scope="col">{t('accrual.opened')}</th>
            <th scope="col">{t('accrual.sealed')}</th>
            {accruals.length > 1 && <th scope="col">{t('receipt.title')}</th>}
          </tr>
        </thead>
        <tbody>
          {accruals.map(({ number, openedAt, sealedAt }) => (
            <tr key={number}>
              <th scope="row">{formatCount(number)}</th>
              <td>
                <Time at={openedAt} />
              </td>
              <td>
                {sealedAt === undefined ? (
                  <Notch kind="overdue" label={t('accrual.open')} />
                ) : (
                  <Time at={sealedAt} />
                )}
              </td>
              {accruals.length > 1 && (
                <td>
                  {sealedAt !== undefined && (
                    <ReceiptButton accession={accession.id} accrual={number} isInTable />
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
