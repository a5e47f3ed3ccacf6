import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FURTHER_DIGESTS } from '../../../shared/domain/vocabulary.ts';
import { useAct, useCall, useClient } from '../../client/index.ts';
import {
  Button,
  Checkbox,
  Notice,
  NumberField,
  ProblemNotice,
  Section,
  Skeleton,
  Term,
  TextField,
  useTexts,
  useToast,
} from '../../ui/index.ts';
import { MassSection } from './mass-section.tsx';
import {
  changesOf,
  policyWith,
  previewPattern,
  undoOf,
  withDigest,
  type Policy,
  type PolicyChange,
} from './policy.ts';
import styles from './settings.module.css';
import { TechnicalSection } from './technical-section.tsx';

const MOST_DAYS = 3650;

export function PolicySection() {
  const { t } = useTexts('settings');
  const info = useCall('archive', 'info', undefined, { keepPrevious: true });
  if (info.data === undefined) {
    return info.error === null ? (
      <Skeleton lines={8} />
    ) : (
      <ProblemNotice
        error={info.error}
        onRetry={() => {
          info.refetch().catch(() => undefined);
        }}
      />
    );
  }
  return (
    <>
      {info.data.readOnly && <Notice title={t('policy.readOnly')}>{t('policy.readOnlyWhy')}</Notice>}
      <PolicyForm policy={info.data.policy} isReadOnly={info.data.readOnly} />
    </>
  );
}

function PolicyForm({ policy, isReadOnly }: { readonly policy: Policy; readonly isReadOnly: boolean }) {
  const { t } = useTexts('settings');
  const { tell } = useToast();
  const [change, setChange] = useState<PolicyChange>({});
  const undo = useAct('archive', 'updatePolicy', {
    untilFresh: true,
    onSuccess: () => {
      tell(t('policy.undone'));
    },
  });
  const save = useAct('archive', 'updatePolicy', { untilFresh: true });
  const shown = policyWith(policy, change);
  const changes = changesOf(policy, change);
  const preview = usePreview(shown.accessionPattern);
  const edit = (part: PolicyChange): void => {
    save.reset();
    setChange((before) => ({ ...before, ...part }));
  };
  const keep = (): void => {
    if (changes === undefined) return;
    const before = undoOf(policy, changes);
    save.mutate(changes, {
      onSuccess: () => {
        setChange({});
        tell(t('policy.saved'), {
          action: {
            label: t('policy.undo'),
            onPress: () => {
              undo.mutate(before);
            },
          },
        });
      },
    });
  };
  return (
    <div className={styles.form}>
      <Section title={<Term id="fixity">{t('policy.fixity')}</Term>} description={t('policy.fixityWhy')}>
        <div className={styles.short}>
          <NumberField
            label={t('policy.days')}
            value={shown.verifyWithinDays}
            onChange={(verifyWithinDays) => {
              edit({ verifyWithinDays });
            }}
            minValue={1}
            maxValue={MOST_DAYS}
            isDisabled={isReadOnly}
          />
        </div>
      </Section>
      <MassSection
        asked={shown.massChange}
        isReadOnly={isReadOnly}
        onChange={(massChange) => {
          edit({ massChange });
        }}
      />
      <Section
        title={<Term id="message-digest">{t('policy.digests')}</Term>}
        description={t('policy.digestsWhy')}
      >
        <div className={styles.choices}>
          <Checkbox isSelected onChange={() => undefined} isDisabled>
            {t('digest.sha256')}
          </Checkbox>
          {FURTHER_DIGESTS.map((digest) => (
            <Checkbox
              key={digest}
              isSelected={shown.furtherDigests.includes(digest)}
              isDisabled={isReadOnly}
              onChange={(isWanted) => {
                edit({ furtherDigests: withDigest(shown.furtherDigests, digest, isWanted) });
              }}
            >
              {t(`digest.${digest}`)}
            </Checkbox>
          ))}
        </div>
      </Section>
      <Section title={t('policy.numbers')} description={t('policy.numbersWhy')}>
        <div className={styles.form}>
          <div className={styles.short}>
            <TextField
              label={t('policy.pattern')}
              description={t('policy.patternHow')}
              value={shown.accessionPattern}
              onChange={(accessionPattern) => {
                edit({ accessionPattern });
              }}
              isMonospace
              isDisabled={isReadOnly}
              {...(preview?.kind === 'refused' ? { errorMessage: preview.reason } : {})}
            />
          </div>
          {preview?.kind === 'next' && (
            <p aria-live="polite">
              <Term id="accession">{t('policy.next')}</Term>{' '}
              <code className={styles.mono}>{preview.number}</code>
              {', '}
              {t('policy.after')} <code className={styles.mono}>{preview.after}</code>
            </p>
          )}
        </div>
      </Section>
      <Section title={t('policy.viruses')} description={t('policy.virusesWhy')}>
        <Checkbox
          isSelected={shown.virusCheck}
          isDisabled={isReadOnly}
          onChange={(virusCheck) => {
            edit({ virusCheck });
          }}
        >
          {t('policy.virusCheck')}
        </Checkbox>
      </Section>
      <TechnicalSection
        technical={shown.technical}
        isReadOnly={isReadOnly}
        onChange={(technical) => {
          edit({ technical });
        }}
      />
      {(save.error ?? undo.error) !== null && (
        <ProblemNotice error={save.error ?? undo.error ?? { code: '', message: '' }} />
      )}
      <div className={styles.acts}>
        <Button
          variant="primary"
          isDisabled={changes === undefined || preview?.kind === 'refused' || save.isPending || isReadOnly}
          onPress={keep}
        >
          {t('policy.save')}
        </Button>
        <Button
          variant="quiet"
          isDisabled={changes === undefined}
          onPress={() => {
            setChange({});
            save.reset();
          }}
        >
          {t('policy.discard')}
        </Button>
        {changes !== undefined && <span className={styles.muted}>{t('policy.unsaved')}</span>}
      </div>
    </div>
  );
}

/** The next number under a pattern; undefined until the numbers that are taken are known. */
function usePreview(pattern: string) {
  const client = useClient();
  const taken = useQuery({
    queryKey: ['accession', 'list', { numbers: true }],
    queryFn: async () => {
      const numbers: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.accession.list({
          limit: 1000,
          ...(cursor === undefined ? {} : { cursor }),
        });
        for (const { number } of page.rows) numbers.push(number);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return numbers;
    },
  });
  // As the host counts years.
  return taken.data === undefined
    ? undefined
    : previewPattern(pattern, new Date().getUTCFullYear(), taken.data);
}
