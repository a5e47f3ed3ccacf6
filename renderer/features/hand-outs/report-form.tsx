import { FolderOpen } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import { useAct, useCall, useFolderChoice } from '../../client/index.ts';
import {
  Button,
  Checkbox,
  DateField,
  PathText,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  Section,
  Select,
  useTexts,
} from '../../ui/index.ts';
import styles from './hand-outs.module.css';
import type { MakeSearch } from './hand-outs-search.ts';

const KINDS = ['annual', 'condition', 'fixity'] as const;
type Kind = (typeof KINDS)[number];

interface Props {
  /** What the address names. */
  readonly address: MakeSearch;
  readonly onStarted: (job: string) => void;
  /** Stands above the fields. */
  readonly children?: ReactNode;
}

/** Which report, of when: then it is written, as a page that prints, a table and JSON. */
export function ReportForm({ address, onStarted, children }: Props): ReactNode {
  const { t } = useTexts('hand-outs');
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? true;
  const locations = useCall('locations', 'list').data?.rows ?? [];
  const [kind, setKind] = useState<Kind>(address.location === undefined ? 'annual' : 'fixity');
  const [location, setLocation] = useState(address.location ?? ALL);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [isPdf, setPdf] = useState(false);
  const [folder, setFolder] = useState<PathValue>();
  const { ask, picker } = useFolderChoice(t('make.folder'), setFolder);
  const create = useAct('reports', 'create', { onSuccess: ({ id }) => onStarted(id) });
  const period = from === '' && to === '' ? {} : { from, to };
  const isHalf = (from === '') !== (to === '');
  const isTurned = from !== '' && to !== '' && from > to;
  const isPeriodWrong = kind !== 'condition' && (isHalf || isTurned);
  const write = (): void => {
    const out = { pdf: isPdf, ...(folder === undefined ? {} : { folder }) };
    if (kind === 'condition') create.mutate({ kind, ...out });
    else if (kind === 'annual') create.mutate({ kind, ...period, ...out });
    else create.mutate({ kind, ...period, ...(location === ALL ? {} : { location }), ...out });
  };
  return (
    <>
      {children}
      <p className={styles.lead}>{t('report.lead')}</p>
      <Section title={t('report.which')}>
        <div className={styles.fields}>
          <RadioGroup<Kind>
            label={t('report.kind')}
            value={kind}
            onChange={setKind}
            options={KINDS.map((value) => ({
              value,
              label: t(`report.is.${value}`),
              description: t(`report.why.${value}`),
            }))}
          />
          {kind !== 'condition' && (
            <div className={styles.period}>
              <DateField label={t('report.from')} value={from} onChange={setFrom} />
              <DateField
                label={t('report.to')}
                value={to}
                onChange={setTo}
                description={t(`report.period.${kind}`)}
                {...(isTurned && { errorMessage: t('report.turned') })}
              />
            </div>
          )}
          {kind === 'fixity' && (
            <Select
              label={t('report.location')}
              value={location}
              onChange={setLocation}
              options={[
                { id: ALL, label: t('what.everywhere') },
                ...locations.map(({ id, name }) => ({ id, label: plainVisible(name, 80) })),
              ]}
            />
          )}
          <Checkbox isSelected={isPdf} onChange={setPdf}>
            {t('report.pdf')}
          </Checkbox>
          <div className={styles.where}>
            <span className={styles.label}>{t('make.where')}</span>
            {folder === undefined ? <span>{t('make.exports')}</span> : <PathText path={folder} />}
            <Button variant="quiet" icon={FolderOpen} onPress={ask}>
              {t('make.otherFolder')}
            </Button>
          </div>
        </div>
        {picker}
      </Section>
      {create.error !== null && <ProblemNotice error={create.error} />}
      <div className={styles.onward}>
        <Button
          variant="primary"
          isDisabled={isPeriodWrong || isReadOnly || create.isPending}
          onPress={write}
        >
          {t('report.write')}
        </Button>
        <span className={styles.muted}>{t(isReadOnly ? 'make.readOnly' : 'make.writeWhat')}</span>
      </div>
    </>
  );
}

const ALL = 'all';
