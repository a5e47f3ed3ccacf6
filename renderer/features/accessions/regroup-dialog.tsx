import { useState, type ReactNode } from 'react';
import type { RegroupResult } from '../../../shared/contract/items.ts';
import { REGROUPINGS } from '../../../shared/domain/structure-terms.ts';
import { useAct } from '../../client/index.ts';
import {
  Button,
  Checkbox,
  Dialog,
  formatCount,
  formatLength,
  PathText,
  ProblemNotice,
  RadioGroup,
  SafeText,
  TextField,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import styles from './accessions.module.css';

/** Names alone say nothing without a rule. */
type Way = Exclude<(typeof REGROUPINGS)[number], 'names'> | 'rule';
const WAYS: readonly Way[] = [...REGROUPINGS.filter((way) => way !== 'names'), 'rule'];

const SHOWN = 50;
const PATHS_SHOWN = 10;

interface RegroupProps {
  readonly accession: { readonly id: string; readonly number: string };
  readonly onClose: () => void;
}

/** Gathers the files of an accession into items anew: what it would make is always seen first. */
export function RegroupDialog({ accession, onClose }: RegroupProps): ReactNode {
  const { t } = useTexts('accessions');
  const toast = useToast();
  const [way, setWay] = useState<Way>('folder');
  const [rule, setRule] = useState('');
  const [arranged, setArranged] = useState(false);
  const [seen, setSeen] = useState<RegroupResult>();
  const look = useAct('items', 'regroup', { onSuccess: setSeen });
  const act = useAct('items', 'regroup', {
    onSuccess: (done) => {
      toast.tell(t('regroup.done', { count: done.itemsTotal, n: formatCount(done.itemsTotal) }));
      onClose();
    },
  });
  // What is asked for differently is looked at anew before it can be done.
  const changed =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      setSeen(undefined);
      set(value);
    };
  const input = {
    accession: accession.id,
    arranged,
    ...(way === 'rule' ? { rules: [rule.trim()] } : { by: way }),
  };
  const isSaid = way !== 'rule' || rule.trim() !== '';
  const error = look.error ?? act.error;
  const isNothing = seen !== undefined && seen.moved === 0;
  return (
    <Dialog
      isOpen
      size="large"
      title={t('regroup.title', { number: accession.number })}
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('act.cancel')}
          </Button>
          {seen === undefined || isNothing ? (
            <Button
              variant="primary"
              isDisabled={!isSaid || look.isPending || isNothing}
              onPress={() => {
                look.mutate({ ...input, dryRun: true });
              }}
            >
              {t('regroup.look')}
            </Button>
          ) : (
            <Button
              variant="primary"
              isDisabled={act.isPending}
              onPress={() => {
                act.mutate(input);
              }}
            >
              {t('regroup.act')}
            </Button>
          )}
        </>
      }
    >
      <p>{t('regroup.what')}</p>
      <div className={styles.fields}>
        <RadioGroup<Way>
          label={t('regroup.by')}
          value={way}
          onChange={changed(setWay)}
          options={WAYS.map((each) => ({
            value: each,
            label: t(`regroup.way.${each}`),
            description: t(`regroup.wayWhat.${each}`),
          }))}
        />
        {way === 'rule' && (
          <TextField
            label={t('regroup.rule')}
            description={t('regroup.ruleWhy')}
            placeholder={t('regroup.example')}
            value={rule}
            onChange={changed(setRule)}
            isMonospace
          />
        )}
        <Checkbox isSelected={arranged} onChange={changed(setArranged)}>
          {t('regroup.arranged')}
        </Checkbox>
      </div>
      <div role="status">{seen !== undefined && <Seen result={seen} />}</div>
      {error !== null && <ProblemNotice error={error} />}
    </Dialog>
  );
}

function Seen({ result }: { readonly result: RegroupResult }): ReactNode {
  const { t } = useTexts('accessions');
  const { items, itemsTotal, moved, dissolved, unmatched, unmatchedTotal, leftAlone } = result;
  return (
    <>
      <p>
        {moved === 0
          ? t('regroup.nothing')
          : t('regroup.makes', {
              count: itemsTotal,
              n: formatCount(itemsTotal),
              moved: formatCount(moved),
            })}{' '}
        {dissolved > 0 && t('regroup.dissolved', { count: dissolved, n: formatCount(dissolved) })}{' '}
        {leftAlone > 0 && t('regroup.leftAlone', { count: leftAlone, n: formatCount(leftAlone) })}
      </p>
      {items.length > 0 && (
        <table className={styles.table}>
          <caption className={styles.muted}>{t('regroup.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('column.title')}</th>
              <th scope="col">{t('regroup.roles')}</th>
              <th scope="col" className={styles.end}>
                {t('column.parts')}
              </th>
              <th scope="col" className={styles.end}>
                {t('column.sound')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.slice(0, SHOWN).map((item, at) => (
              <tr key={item.id ?? at}>
                <th scope="row">
                  <SafeText value={item.title} maxLength={120} />
                </th>
                <td>
                  {Object.entries(item.roles)
                    .map(([role, count]) => t('regroup.role', { role, n: formatCount(count) }))
                    .join(', ')}
                </td>
                <td className={styles.end}>{formatCount(item.parts)}</td>
                <td className={styles.end}>{formatLength(item.durationMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {itemsTotal > SHOWN && (
        <p className={styles.muted}>
          {t('regroup.more', { count: itemsTotal - SHOWN, n: formatCount(itemsTotal - SHOWN) })}
        </p>
      )}
      {unmatchedTotal > 0 && (
        <>
          <p>{t('regroup.unmatched', { count: unmatchedTotal, n: formatCount(unmatchedTotal) })}</p>
          <ul className={styles.folders}>
            {unmatched.slice(0, PATHS_SHOWN).map((path) => (
              <li key={path.display}>
                <PathText path={path} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
