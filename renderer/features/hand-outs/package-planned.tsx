import { ArrowLeft } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { PackagePlan, PackageWishInput } from '../../../shared/contract/hand-outs.ts';
import { canBeOverridden } from '../../../shared/domain/may-leave.ts';
import { useAct, useCall } from '../../client/index.ts';
import {
  Button,
  Facts,
  formatBytes,
  formatCount,
  Notice,
  PathText,
  ProblemNotice,
  SafeText,
  Section,
  Spinner,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import { Arrival } from './arrival.tsx';
import { digestNames, reservationText } from './hand-out-words.ts';
import styles from './hand-outs.module.css';
import { filesOf, Withheld } from './withheld.tsx';

interface Props {
  readonly wish: PackageWishInput;
  readonly plan: PackagePlan;
  readonly onBack: () => void;
  readonly onStarted: (job: string) => void;
}

/** What would leave and what would not, before anything is made; here, too, somebody may answer for what is not documented. */
export function PackagePlanned({ wish: first, plan: firstPlan, onBack, onStarted }: Props): ReactNode {
  const { t } = useTexts('hand-outs');
  const isReadOnly = useCall('archive', 'info').data?.readOnly ?? true;
  const [why, setWhy] = useState('');
  const again = useAct('handOuts', 'plan');
  const create = useAct('handOuts', 'create', { onSuccess: ({ id }) => onStarted(id) });
  const { wish, plan } =
    again.data === undefined ? { wish: first, plan: firstPlan } : { wish: again.variables, plan: again.data };
  const { leaving, needs, free, unreachable } = plan;
  const gaps = filesOf(firstPlan.withheld.filter((each) => canBeOverridden(each.reason)));
  const reason = wish.overrideRights;
  const isTooFull = needs > free;
  const isReady = leaving.files > 0 && unreachable === 0 && !isTooFull;
  const isBusy = again.isPending || create.isPending;
  return (
    <Arrival key={reason} label={t('plan.of')}>
      <Section title={t('plan.title')}>
        <p className={styles.lead}>
          {leaving.files === 0
            ? t('plan.nothing')
            : t('plan.leaving', {
                count: leaving.files,
                n: formatCount(leaving.files),
                bytes: formatBytes(leaving.bytes),
              })}{' '}
          {t('plan.notYet')}
        </p>
        <Facts
          rows={[
            { term: t('plan.fact.of'), value: <SafeText value={plan.of} /> },
            { term: t('plan.fact.name'), value: <SafeText value={plan.name} /> },
            { term: t('plan.fact.form'), value: t(`package.as.${wish.as ?? 'folder'}`) },
            { term: t('plan.fact.to'), value: <PathText path={wish.to} /> },
            {
              term: t('plan.fact.recipient'),
              value: wish.recipient === undefined ? t('plan.nobody') : <SafeText value={wish.recipient} />,
            },
            { term: t('plan.fact.digests'), value: digestNames(plan.digests) },
            ...(wish.reservation === undefined
              ? []
              : [{ term: t('plan.fact.reserved'), value: reservationText(wish.reservation, t) }]),
            {
              term: t('plan.fact.room'),
              value: t('plan.room', { needs: formatBytes(needs), free: formatBytes(free) }),
            },
          ]}
        />
      </Section>
      {isTooFull && <Notice tone="due" title={t('plan.tooFull')} />}
      {unreachable > 0 && (
        <Notice tone="due" title={t('plan.unreachable', { count: unreachable, n: formatCount(unreachable) })}>
          <p>{t('plan.unreachableWhy')}</p>
        </Notice>
      )}
      <Section title={t('plan.behind')}>
        <Withheld rows={plan.withheld} />
        <p className={styles.muted}>{t('plan.always')}</p>
      </Section>
      {gaps > 0 &&
        (reason === undefined ? (
          <Override
            files={gaps}
            isBusy={isBusy}
            reason={why}
            onReason={setWhy}
            onAct={() => again.mutate({ ...first, overrideRights: why.trim() })}
          />
        ) : (
          <Notice
            tone="due"
            title={t('override.on', { count: gaps, n: formatCount(gaps) })}
            actions={
              <Button isDisabled={isBusy} onPress={() => again.reset()}>
                {t('override.off')}
              </Button>
            }
          >
            <p>
              {t('override.reasonIs')} <SafeText value={reason} />
            </p>
          </Notice>
        ))}
      {again.error !== null && <ProblemNotice error={again.error} />}
      {create.error !== null && <ProblemNotice error={create.error} />}
      <div className={styles.onward}>
        <Button
          variant="primary"
          isDisabled={!isReady || isReadOnly || isBusy}
          onPress={() => create.mutate(wish)}
        >
          {t('plan.make')}
        </Button>
        <Button icon={ArrowLeft} isDisabled={isBusy} onPress={onBack}>
          {t('plan.back')}
        </Button>
        {again.isPending ? (
          <Spinner label={t('package.planning')} />
        ) : (
          <span className={styles.muted}>{t(isReadOnly ? 'make.readOnly' : 'plan.makeWhat')}</span>
        )}
      </div>
    </Arrival>
  );
}

interface OverrideProps {
  readonly files: number;
  readonly isBusy: boolean;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onAct: () => void;
}

/** Asked for only where something stays behind because of what nobody knows, with what follows from it. */
function Override({ files, isBusy, reason, onReason, onAct }: OverrideProps): ReactNode {
  const { t } = useTexts('hand-outs');
  const said = reason.trim();
  return (
    <Section
      title={t('override.title')}
      description={t('override.what', { count: files, n: formatCount(files) })}
    >
      <div className={styles.fields}>
        <TextField
          label={t('override.reason')}
          description={t('override.reasonWhy')}
          value={reason}
          onChange={onReason}
          isMultiline
          {...(said.length > MOST && { errorMessage: t('override.tooLong') })}
        />
      </div>
      <div className={styles.acts}>
        <Button isDisabled={said === '' || said.length > MOST || isBusy} onPress={onAct}>
          {t('override.act')}
        </Button>
      </div>
    </Section>
  );
}

/** Characters, as the contract has it. */
const MOST = 2_000;
