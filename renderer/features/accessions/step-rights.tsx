import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { RightsBasisOrGap } from '../../../shared/domain/rights.ts';
import { Button, Checkbox, Notice, RadioGroup, Term, TextField, useTexts } from '../../ui/index.ts';
import styles from './accessions.module.css';
import { CollectionField } from './collection-field.tsx';
import { BASES_AND_GAP, gapsOf, unsaid, type Unsaid } from './draft.ts';
import type { PathStep } from './path-step.ts';
import { gapWords } from './sentences.ts';
import { SaveTemplateButton, TemplateBar } from './template-bar.tsx';

/** What is marked as unsaid; the first of it takes the focus. */
const UNSAID = '[aria-invalid="true"], [data-unsaid] input';

/** From whom, how, and on which basis: each is said, or said not to be known. */
export function StepRights({ draft, change, search, go }: PathStep): ReactNode {
  const { t } = useTexts('accessions');
  const [asked, setAsked] = useState(0);
  const isAsked = asked > 0;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (asked > 0) form.current?.querySelector<HTMLElement>(UNSAID)?.focus();
  }, [asked]);
  const missing = unsaid(draft);
  const gaps = gapsOf(draft);
  const told = (what: Unsaid): string | undefined =>
    isAsked && missing.includes(what) ? t(`rights.unsaid.${what}`) : undefined;
  const isAgain = search.again !== undefined;
  return (
    <>
      <p className={styles.lead}>
        {t(isAgain ? 'rights.leadAgain' : 'rights.lead')} <Term id="rights-basis">{t('rights.term')}</Term>
      </p>
      {!isAgain && <TemplateBar draft={draft} change={change} />}
      <form
        className={styles.fields}
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (missing.length > 0) setAsked((times) => times + 1);
          else go('place');
        }}
      >
        <TextField
          label={t('rights.title')}
          description={t(isAgain ? 'rights.titleAgain' : 'rights.titleWhy')}
          value={draft.title}
          onChange={(title) => {
            change({ title });
          }}
          isRequired
          isDisabled={isAgain}
          errorMessage={told('title')}
        />
        <div data-unsaid={told('rightsBasis') === undefined ? undefined : ''} className={styles.known}>
          <RadioGroup<RightsBasisOrGap>
            label={t('rights.basis')}
            value={draft.rightsBasis}
            onChange={(rightsBasis) => {
              change({ rightsBasis });
            }}
            options={BASES_AND_GAP.map((basis) => ({
              value: basis,
              label: t(`basis.${basis}`),
              description: t(`basisWhat.${basis}`),
            }))}
          />
          {told('rightsBasis') !== undefined && <p className={styles.fault}>{told('rightsBasis')}</p>}
        </div>
        <TextField
          label={t('rights.note')}
          description={t('rights.noteWhy')}
          value={draft.rightsNote}
          onChange={(rightsNote) => {
            change({ rightsNote });
          }}
          isMultiline
        />
        <Known
          label={t('rights.source')}
          description={t('rights.sourceWhy')}
          value={draft.source}
          isUnknown={draft.sourceUnknown}
          fault={told('source')}
          onChange={(source, sourceUnknown) => {
            change({ source, sourceUnknown });
          }}
        />
        <Known
          label={t('rights.acquired')}
          description={t('rights.acquiredWhy')}
          value={draft.acquired}
          isUnknown={draft.acquiredUnknown}
          fault={told('acquired')}
          onChange={(acquired, acquiredUnknown) => {
            change({ acquired, acquiredUnknown });
          }}
        />
        <TextField
          label={t('rights.agreement')}
          description={t('rights.agreementWhy')}
          value={draft.agreement}
          onChange={(agreement) => {
            change({ agreement });
          }}
        />
        <CollectionField
          value={draft.collection}
          onChange={(collection) => {
            change({ collection });
          }}
        />
        {missing.length === 0 && gaps.length > 0 && (
          <Notice tone="due" title={t('rights.gapsTitle', { gaps: gapWords(gaps, t) })}>
            <p>{t('rights.gapsWhat')}</p>
          </Notice>
        )}
        <div role="alert">
          {isAsked && missing.length > 0 && (
            <Notice tone="due" title={t('rights.unsaidTitle', { count: missing.length })} />
          )}
        </div>
        <div className={styles.onward}>
          <Button variant="primary" type="submit">
            {t('rights.onward')}
          </Button>
          {!isAgain && <SaveTemplateButton draft={draft} />}
        </div>
      </form>
    </>
  );
}

/** A text, or the word that it is not known. What was typed comes back when that word is taken back. */
function Known(props: {
  readonly label: string;
  readonly description: string;
  readonly value: string;
  readonly isUnknown: boolean;
  readonly fault: string | undefined;
  readonly onChange: (value: string, isUnknown: boolean) => void;
}): ReactNode {
  const { label, description, value, isUnknown, fault, onChange } = props;
  const { t } = useTexts('accessions');
  return (
    <div className={styles.known}>
      <TextField
        label={label}
        description={description}
        value={isUnknown ? '' : value}
        onChange={(text) => {
          onChange(text, false);
        }}
        isDisabled={isUnknown}
        errorMessage={fault}
      />
      <Checkbox
        isSelected={isUnknown}
        onChange={(now) => {
          onChange(value, now);
        }}
      >
        {t('rights.notKnown')}
      </Checkbox>
    </div>
  );
}
