import { useState, type ReactNode } from 'react';
import {
  JUDGED_ROLES,
  withAsked,
  type JudgedRole,
  type Requirements,
} from '../../../shared/domain/technical-policy.ts';
import { Checkbox, Section, Select, TextField, useTexts } from '../../ui/index.ts';
import { wordsOf, type Technical } from './policy.ts';
import styles from './settings.module.css';

/** What archives choose between; another value that stands is offered as well. */
const SAMPLE_RATES = [44_100, 48_000, 88_200, 96_000, 176_400, 192_000];
const BIT_DEPTHS = [16, 24, 32];
const ANY = 'any';

interface TechnicalSectionProps {
  readonly technical: Technical;
  readonly isReadOnly: boolean;
  readonly onChange: (technical: Technical) => void;
}

/** What is asked of files technically, by role. */
export function TechnicalSection({ technical, isReadOnly, onChange }: TechnicalSectionProps): ReactNode {
  const { t } = useTexts('settings');
  return (
    <Section title={t('policy.technical')} description={t('policy.technicalWhy')}>
      <div className={styles.form}>
        {JUDGED_ROLES.map((role) => (
          <RoleAsks
            key={role}
            role={role}
            asked={technical.analogueTransfers[role] ?? {}}
            isReadOnly={isReadOnly}
            onChange={(part) => {
              onChange(withAsked(technical, role, part));
            }}
          />
        ))}
        <Words
          label={t('policy.digital')}
          how={t('policy.digitalHow')}
          words={technical.digitalCarriers}
          isReadOnly={isReadOnly}
          onChange={(digitalCarriers) => {
            onChange({ ...technical, digitalCarriers });
          }}
        />
        <Words
          label={t('policy.atRisk')}
          how={t('policy.atRiskHow')}
          words={technical.formatsAtRisk}
          isReadOnly={isReadOnly}
          onChange={(formatsAtRisk) => {
            onChange({ ...technical, formatsAtRisk });
          }}
        />
      </div>
    </Section>
  );
}

function RoleAsks({
  role,
  asked,
  isReadOnly,
  onChange,
}: {
  readonly role: JudgedRole;
  readonly asked: Requirements;
  readonly isReadOnly: boolean;
  readonly onChange: (part: Requirements) => void;
}): ReactNode {
  const { t } = useTexts('settings');
  const least = (
    key: 'sampleRate' | 'bitDepth',
    offered: readonly number[],
    words: (value: number) => string,
  ): ReactNode => {
    const value = asked[key];
    const all = value === undefined || offered.includes(value) ? offered : [...offered, value];
    return (
      <Select
        label={t(`policy.${key}`)}
        value={value === undefined ? ANY : String(value)}
        isDisabled={isReadOnly}
        onChange={(chosen) => {
          onChange({ [key]: chosen === ANY ? undefined : Number(chosen) });
        }}
        options={[
          { id: ANY, label: t('policy.any') },
          ...all.map((each) => ({ id: String(each), label: words(each) })),
        ]}
      />
    );
  };
  return (
    <fieldset className={styles.asks}>
      <legend>{t(`policy.role.${role}`)}</legend>
      {least('sampleRate', SAMPLE_RATES, (value) => t('policy.leastKHz', { value: value / 1000 }))}
      {least('bitDepth', BIT_DEPTHS, (value) => t('policy.leastBit', { value }))}
      <Checkbox
        isSelected={asked.lossless === true}
        isDisabled={isReadOnly}
        onChange={(isWanted) => {
          onChange({ lossless: isWanted ? true : undefined });
        }}
      >
        {t('policy.lossless')}
      </Checkbox>
    </fieldset>
  );
}

/** Words in one field, as they are typed: what stands there is taken apart and not put together again under the hand. */
function Words({
  label,
  how,
  words,
  isReadOnly,
  onChange,
}: {
  readonly label: string;
  readonly how: string;
  readonly words: readonly string[];
  readonly isReadOnly: boolean;
  readonly onChange: (words: string[]) => void;
}): ReactNode {
  const [typed, setTyped] = useState<string>();
  const stands = words.join(', ');
  const isTheirs = typed !== undefined && wordsOf(typed).join(', ') === stands;
  return (
    <TextField
      label={label}
      description={how}
      value={isTheirs ? typed : stands}
      isMultiline
      isDisabled={isReadOnly}
      onChange={(text) => {
        setTyped(text);
        onChange(wordsOf(text));
      }}
    />
  );
}
