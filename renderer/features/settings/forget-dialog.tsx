import { useState } from 'react';
import type { Agent } from '../../../shared/contract/agents.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Checkbox,
  Dialog,
  formatCount,
  plainVisible,
  ProblemNotice,
  Skeleton,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import styles from './settings.module.css';

const NAMED_SHOWN = 12;

/** Erases who somebody is; what it would do is asked first and shown. */
export function ForgetDialog({ agent, onClose }: { readonly agent: Agent; readonly onClose: () => void }) {
  const { t } = useTexts('settings');
  const { tell } = useToast();
  const [mentions, setMentions] = useState(false);
  const [isSure, setSure] = useState(false);
  const ahead = useCall(
    'agents',
    'forget',
    { agent: agent.id, mentions, dryRun: true },
    { keepPrevious: true },
  );
  const forget = useAct('agents', 'forget', {
    onSuccess: ({ agent: forgotten }) => {
      tell(t('forget.done', { name: forgotten.name }));
      onClose();
    },
  });
  const would = ahead.data;
  return (
    <Dialog
      title={t('forget.title', { name: agent.name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button
            variant="danger"
            isDisabled={!isSure || would === undefined || forget.isPending}
            onPress={() => {
              forget.mutate({ agent: agent.id, mentions });
            }}
          >
            {t('forget.confirm')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {ahead.error !== null && (
          <ProblemNotice
            error={ahead.error}
            onRetry={() => {
              ahead.refetch().catch(() => undefined);
            }}
          />
        )}
        {would === undefined && ahead.error === null && <Skeleton lines={4} />}
        {would !== undefined && (
          <>
            <ul className={styles.consequences}>
              <li>{t('forget.name')}</li>
              <li>
                {t('forget.events', { count: would.eventsErased, shown: formatCount(would.eventsErased) })}
              </li>
              <li>{t('forget.chain')}</li>
              {would.eventsLeft.length > 0 && (
                <li>
                  {t('forget.left', {
                    count: would.eventsLeft.length,
                    shown: formatCount(would.eventsLeft.length),
                  })}
                </li>
              )}
              {would.namedIn.length > 0 && (
                <li>
                  {t('forget.named', {
                    count: would.namedIn.length,
                    shown: formatCount(would.namedIn.length),
                    ids: would.namedIn.slice(0, NAMED_SHOWN).join(', '),
                  })}
                </li>
              )}
              {([true, false] as const).map((isThere) => {
                const names = would.copies.filter(({ reachable }) => reachable === isThere);
                if (names.length === 0) return null;
                const shown = names.map(({ name }) => `“${plainVisible(name, 200)}”`).join(', ');
                return (
                  <li key={String(isThere)}>
                    {t(isThere ? 'forget.copies' : 'forget.away', { names: shown })}
                  </li>
                );
              })}
              <li>{t('forget.final')}</li>
            </ul>
            <Checkbox isSelected={mentions} onChange={setMentions}>
              {t('forget.mentions')}
            </Checkbox>
            <Checkbox isSelected={isSure} onChange={setSure}>
              {t('forget.sure')}
            </Checkbox>
          </>
        )}
        {forget.error !== null && <ProblemNotice error={forget.error} />}
      </div>
    </Dialog>
  );
}
