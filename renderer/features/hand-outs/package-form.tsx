import { FolderOpen } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { PathValue } from '../../../shared/contract/common.ts';
import type { PackageWishInput } from '../../../shared/contract/hand-outs.ts';
import { ALGORITHM_NAMES } from '../../../shared/domain/manifest-forms.ts';
import { RESERVATION_NAMES, RESERVATIONS, type Reservation } from '../../../shared/domain/may-leave.ts';
import {
  DEFAULT_DIGESTS,
  isPackageName,
  isStrong,
  PACKAGE_DIGESTS,
  PACKAGE_FORMS,
  type PackageDigest,
  type PackageForm as Form,
} from '../../../shared/domain/package-forms.ts';
import { useAct, useFolderChoice } from '../../client/index.ts';
import {
  Button,
  PathText,
  ProblemNotice,
  RadioGroup,
  Section,
  Spinner,
  Term,
  TextField,
  useTexts,
} from '../../ui/index.ts';
import { Arrival } from './arrival.tsx';
import styles from './hand-outs.module.css';
import type { MakeSearch } from './hand-outs-search.ts';
import { PackagePlanned } from './package-planned.tsx';
import { Several } from './several.tsx';
import { firstWhat, useNamed, WhatFields, type What } from './what-fields.tsx';

const KINDS = ['accession', 'collection', 'search'] as const;

interface Draft {
  readonly what: What;
  readonly form: Form;
  readonly digests: readonly PackageDigest[];
  readonly name: string;
  readonly recipient: string;
  readonly to?: PathValue;
  readonly reserved: readonly Reservation[];
  readonly reservedBy: string;
}

interface Props {
  /** What the address names. */
  readonly address: MakeSearch;
  readonly onStarted: (job: string) => void;
  /** Stands above the fields. */
  readonly children?: ReactNode;
}

/** Of what, in which form, for whom: then it is said what would leave, and only then a package is made. */
export function PackageForm({ address, onStarted, children }: Props): ReactNode {
  const { t } = useTexts('hand-outs');
  const [draft, setDraft] = useState<Draft>(() => ({
    what: firstWhat(KINDS, address),
    form: 'folder',
    digests: DEFAULT_DIGESTS,
    name: '',
    recipient: '',
    reserved: [],
    reservedBy: '',
  }));
  // Whoever comes back from the plan is where they were, and the focus with them.
  const [isBack, setBack] = useState(false);
  const plan = useAct('handOuts', 'plan');
  const wish = useWish(draft);
  if (plan.data !== undefined)
    return (
      <PackagePlanned
        wish={plan.variables}
        plan={plan.data}
        onBack={() => {
          setBack(true);
          plan.reset();
        }}
        onStarted={onStarted}
      />
    );
  const fields = (
    <>
      {children}
      <Fields draft={draft} onChange={setDraft} />
      {plan.error !== null && <ProblemNotice error={plan.error} />}
      <div className={styles.onward}>
        <Button
          variant="primary"
          isDisabled={wish === undefined || plan.isPending}
          onPress={() => wish !== undefined && plan.mutate(wish)}
        >
          {t('package.plan')}
        </Button>
        {plan.isPending ? (
          <Spinner label={t('package.planning')} />
        ) : (
          <span className={styles.muted}>{t('package.planWhat')}</span>
        )}
      </div>
    </>
  );
  return isBack ? <Arrival label={t('package.form')}>{fields}</Arrival> : fields;
}

/** What is asked for; undefined while something that it needs is not said. */
function useWish({ what, form, digests, to, ...draft }: Draft): PackageWishInput | undefined {
  const named = useNamed(what);
  const name = draft.name.trim();
  const recipient = draft.recipient.trim();
  const by = draft.reservedBy.trim();
  const isReserved = draft.reserved.length > 0;
  if (named === undefined || to === undefined) return undefined;
  if (!digests.some(isStrong) || (isReserved && by === '') || (name !== '' && !isPackageName(name)))
    return undefined;
  return {
    ...named,
    to,
    as: form,
    digests: [...digests],
    ...(name === '' ? {} : { name }),
    ...(recipient === '' ? {} : { recipient }),
    ...(isReserved ? { reservation: { uses: [...draft.reserved], by } } : {}),
  };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

function Fields({ draft, onChange }: FieldsProps): ReactNode {
  const { t } = useTexts('hand-outs');
  const { what, form, digests, name, recipient, to, reserved, reservedBy } = draft;
  const { ask, picker } = useFolderChoice(t('package.folder'), (path) => onChange({ ...draft, to: path }));
  const isNameWrong = name.trim() !== '' && !isPackageName(name.trim());
  return (
    <>
      <p className={styles.lead}>
        {t('package.lead')} <Term id="bag">{t('check.term')}</Term>
      </p>
      <Section title={t('what.title')}>
        <WhatFields kinds={KINDS} what={what} onChange={(next) => onChange({ ...draft, what: next })} />
      </Section>
      <Section title={t('make.formTitle')}>
        <div className={styles.fields}>
          <RadioGroup<Form>
            label={t('make.form')}
            value={form}
            onChange={(next) => onChange({ ...draft, form: next })}
            options={PACKAGE_FORMS.map((value) => ({
              value,
              label: t(`package.as.${value}`),
              description: t(`package.asWhy.${value}`),
            }))}
          />
          <div>
            <Several<PackageDigest>
              label={t('make.digests')}
              options={PACKAGE_DIGESTS.map((id) => ({ id, label: ALGORITHM_NAMES[id] }))}
              chosen={digests}
              onChange={(next) => onChange({ ...draft, digests: next })}
            />
            <p className={styles.muted}>{t('package.digestsWhy')}</p>
          </div>
        </div>
      </Section>
      <Section title={t('package.whom')}>
        <div className={styles.fields}>
          <TextField
            label={t('package.recipient')}
            description={t('package.recipientWhy')}
            value={recipient}
            onChange={(next) => onChange({ ...draft, recipient: next })}
          />
          <div className={styles.where}>
            <span className={styles.label}>{t('package.folder')}</span>
            {to !== undefined && <PathText path={to} />}
            <Button variant={to === undefined ? 'plain' : 'quiet'} icon={FolderOpen} onPress={ask}>
              {t(to === undefined ? 'package.choose' : 'make.otherFolder')}
            </Button>
          </div>
          <TextField
            label={t('package.name')}
            description={t('package.nameWhy')}
            value={name}
            onChange={(next) => onChange({ ...draft, name: next })}
            {...(isNameWrong && { errorMessage: t('package.nameWrong') })}
          />
        </div>
        {picker}
      </Section>
      <Section title={t('package.reservation')}>
        <div className={styles.fields}>
          <div>
            <Several<Reservation>
              label={t('package.reserved')}
              options={RESERVATIONS.map((id) => ({ id, label: RESERVATION_NAMES[id] }))}
              chosen={reserved}
              onChange={(next) => onChange({ ...draft, reserved: next })}
            />
            <p className={styles.muted}>{t('package.reservedWhy')}</p>
          </div>
          {reserved.length > 0 && (
            <TextField
              label={t('package.reservedBy')}
              description={t('package.reservedByWhy')}
              value={reservedBy}
              onChange={(next) => onChange({ ...draft, reservedBy: next })}
              isRequired
            />
          )}
        </div>
      </Section>
    </>
  );
}
