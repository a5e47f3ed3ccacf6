import { useState, type ReactNode } from 'react';
import { SCHEDULE_EXAMPLES } from '../../../shared/domain/schedule-words.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Dialog,
  plainVisible,
  ProblemNotice,
  RadioGroup,
  Select,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import { budgetText } from './budget.ts';
import styles from './schedules.module.css';
import { dueText } from './schedule-times.ts';
import { understood } from './understood.ts';

const ALL = 'all';
type Kind = 'audit' | 'rescan';
const SHOWN_EXAMPLES = SCHEDULE_EXAMPLES.slice(0, 4);

/** A schedule in plain words; what was understood of them stands below while they are typed. */
export function AddScheduleDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts('fixity');
  const locations = useCall('locations', 'list').data?.rows ?? [];
  const [words, setWords] = useState('');
  const [kind, setKind] = useState<Kind>('audit');
  const [location, setLocation] = useState(ALL);
  const [now] = useState(() => Date.now());
  const add = useAct('schedules', 'add', { onSuccess: onClose });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = understood(words, timeZone, now);
  const isBounded = known !== undefined && Object.keys(known.rule.budget).length > 0;
  const fits = known !== undefined && !(kind === 'rescan' && isBounded);
  return (
    <Dialog
      title={t('schedule.add.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t('schedule.add.cancel')}
          </Button>
          <Button
            variant="primary"
            isDisabled={!fits || add.isPending}
            onPress={() => {
              add.mutate({ words, kind, timeZone, ...(location === ALL ? {} : { location }) });
            }}
          >
            {t('schedule.add.act')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t('schedule.add.words')}
          description={t('schedule.add.wordsHow')}
          placeholder={SCHEDULE_EXAMPLES[0]}
          value={words}
          onChange={setWords}
          isRequired
          autoFocus
        />
        <div className={styles.examples} role="group" aria-label={t('schedule.add.examples')}>
          {SHOWN_EXAMPLES.map((example) => (
            <Button
              key={example}
              variant="quiet"
              onPress={() => {
                setWords(example);
              }}
            >
              {example}
            </Button>
          ))}
        </div>
        <div className={styles.understood} role="status">
          {known === undefined ? (
            <p className={styles.muted}>
              {t(words.trim() === '' ? 'schedule.add.nothing' : 'schedule.add.notUnderstood')}
            </p>
          ) : (
            <>
              <p className={styles.sentence}>
                {t('schedule.add.understood', { words: known.words, what: budgetText(known.rule.budget, t) })}
              </p>
              <p>
                {t('schedule.add.next', {
                  times: known.next.map((at) => dueText(new Date(at).toISOString(), timeZone)).join(' · '),
                  zone: timeZone,
                })}
              </p>
              {known.runs !== undefined && known.runs > 1 && (
                <p>{t('schedule.add.cycle', { count: known.runs })}</p>
              )}
              {kind === 'rescan' && isBounded && (
                <p className={styles.short}>{t('schedule.add.rescanWhole')}</p>
              )}
            </>
          )}
        </div>
        <RadioGroup<Kind>
          label={t('schedule.add.kind')}
          value={kind}
          onChange={setKind}
          options={[
            {
              value: 'audit',
              label: t('schedule.kind.audit'),
              description: t('schedule.kind.auditDoes'),
            },
            {
              value: 'rescan',
              label: t('schedule.kind.rescan'),
              description: t('schedule.kind.rescanDoes'),
            },
          ]}
        />
        <Select
          label={t('start.location')}
          value={location}
          onChange={setLocation}
          options={[
            { id: ALL, label: t('start.allLocations') },
            ...locations.map(({ id, name }) => ({ id, label: plainVisible(name, 80) })),
          ]}
        />
        {add.error !== null && <ProblemNotice error={add.error} />}
      </div>
    </Dialog>
  );
}
