import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCall } from '../../../client/index.ts';
import { Facts, Notch, ProblemNotice, SafeText, Skeleton, Term, Time, useTexts } from '../../../ui/index.ts';

interface RightsSectionProps {
  /** Its id or its number. */
  readonly accession: string;
}

/** How it came into custody and on which rights basis; what is not known is said, since it blocks sharing. */
export function RightsSection({ accession }: RightsSectionProps): ReactNode {
  const { t } = useTexts('holdings');
  const isId = /^acc-[1-9]\d*$/.test(accession);
  const numbered = useCall('holdings', 'show', { id: accession }, { enabled: !isId });
  const id = isId ? accession : (numbered.data?.id ?? '');
  const { data, error } = useCall('accession', 'get', { id }, { enabled: id !== '' });
  const failed = error ?? numbered.error;
  if (data === undefined) return failed === null ? <Skeleton lines={4} /> : <ProblemNotice error={failed} />;
  const said = (value: string | undefined): ReactNode =>
    value === undefined || value === '' ? (
      <Notch kind="overdue" label={t('rights.gap')} />
    ) : (
      <SafeText value={value} isMultiline />
    );
  return (
    <Facts
      rows={[
        {
          term: <Term id="rights-basis">{t('rights.basis')}</Term>,
          value:
            data.rightsBasis === 'unknown' ? (
              <Notch kind="overdue" label={t('rights.gap')} />
            ) : (
              t(`rightsBasis.${data.rightsBasis}`)
            ),
        },
        ...(data.rightsNote === '' ? [] : [{ term: t('rights.note'), value: said(data.rightsNote) }]),
        {
          term: <Term id="accession">{t('rights.accession')}</Term>,
          value: (
            <Link to="/accessions/$id" params={{ id: data.id }}>
              <SafeText value={`${data.number} ${data.title}`} maxLength={200} />
            </Link>
          ),
        },
        { term: t('rights.source'), value: said(data.source) },
        { term: t('rights.acquired'), value: said(data.acquired) },
        ...(data.agreement === undefined
          ? []
          : [{ term: t('rights.agreement'), value: said(data.agreement) }]),
        { term: t('rights.takenBy'), value: <SafeText value={data.agent} /> },
        { term: t('rights.openedAt'), value: <Time at={data.openedAt} /> },
      ]}
    />
  );
}
