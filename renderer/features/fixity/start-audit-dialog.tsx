import { useState, type ReactNode } from 'react';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Dialog,
  formatCount,
  NumberField,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  Select,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import { BOUNDS, budgetOf, NEW_BUDGET, plannedCount, type Bound, type BudgetDraft } from './budget.ts';
import styles from './runs.module.css';

interface Props {
  readonly onClose: () => void;
  readonly onStarted: () => void;
}

const ALL = 'all';
const MOST_PARTS = 1_000;

/** An audit now, of as much as there is room for: what was unverified for longest is read first. */
export function StartAuditDialog({ onClose, onStarted }: Props): ReactNode {
  const { t } = useTexts('fixity');
  // Nothing can be read of those that are offline as planned.
  const locations = (useCall('locations', 'list').data?.rows ?? []).filter(
    ({ offline }) => offline === undefined,
  );
  const [location, setLocation] = useState(ALL);
  const [draft, setDraft] = useState<BudgetDraft>(NEW_BUDGET);
  const audit = useAct('fixity', 'audit', { onSuccess: onStarted });
  const budget = budgetOf(draft);
  const replicas = locations
    .filter(({ id }) => location === ALL || id === location)
    .reduce((sum, each) => sum + each.replicas, 0);
  const planned = budget === undefined ? undefined : plannedCount(budget, replicas);
  const change = (part: Partial<BudgetDraft>): void => {
    setDraft({ ...draft, ...part });
  };
  return (
    <Dialog
      title={t('start.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('start.cancel')}
          </Button>
          <Button
            variant="primary"
            isDisabled={budget === undefined || replicas === 0 || audit.isPending}
            onPress={() => {
              if (budget === undefined) return;
              audit.mutate({
                ...(location === ALL ? {} : { location }),
                ...(Object.keys(budget).length === 0 ? {} : { budget }),
              });
            }}
          >
            {t('start.act')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('start.what')}</p>
        <Select
          label={t('start.location')}
          value={location}
          onChange={setLocation}
          options={[
            { id: ALL, label: t('start.allLocations') },
            ...locations.map(({ id, name, replicas: here }) => ({
              id,
              label: plainVisible(name, 80),
              description: t('start.holds', { count: here, shown: formatCount(here) }),
            })),
          ]}
        />
        <RadioGroup<Bound>
          label={t('start.bound')}
          value={draft.bound}
          onChange={(bound) => {
            change({ bound });
          }}
          options={BOUNDS.map((value) => ({
            value,
            label: t(`bound.${value}.label`),
            description: t(`bound.${value}.does`),
          }))}
        />
        {draft.bound === 'share' && (
          <NumberField
            label={t('start.parts')}
            value={draft.parts}
            minValue={1}
            maxValue={MOST_PARTS}
            onChange={(parts) => {
              change({ parts });
            }}
          />
        )}
        {draft.bound === 'oldest' && (
          <NumberField
            label={t('start.oldest')}
            value={draft.oldest}
            minValue={1}
            onChange={(oldest) => {
              change({ oldest });
            }}
          />
        )}
        {draft.bound === 'time' && (
          <TextField
            label={t('start.time')}
            description={t('start.timeHow')}
            value={draft.time}
            errorMessage={budget === undefined ? t('start.timeNot') : undefined}
            onChange={(time) => {
              change({ time });
            }}
          />
        )}
        {draft.bound === 'bytes' && (
          <TextField
            label={t('start.bytes')}
            description={t('start.bytesHow')}
            value={draft.bytes}
            errorMessage={budget === undefined ? t('start.bytesNot') : undefined}
            onChange={(bytes) => {
              change({ bytes });
            }}
          />
        )}
        <p className={styles.muted} role="status">
          {replicas === 0
            ? t('start.empty')
            : planned === undefined
              ? t('start.until')
              : t('start.plans', { count: planned, shown: formatCount(planned), of: formatCount(replicas) })}
        </p>
        {audit.error !== null && <ProblemNotice error={audit.error} />}
      </div>
    </Dialog>
  );
}
