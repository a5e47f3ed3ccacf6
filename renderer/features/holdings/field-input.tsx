import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { fieldOf, type FieldName } from '../../../shared/domain/description/fields.ts';
import { Button, IconButton, TextField, useTexts } from '../../ui/index.ts';
import type { FieldDraft } from './field-draft.ts';
import css from './holdings.module.css';

interface FieldInputProps {
  readonly name: FieldName;
  readonly draft: FieldDraft;
  readonly onDraft: (draft: FieldDraft) => void;
  readonly problem?: string | undefined;
}

/** What a field is written in: a line, a text, a line for each value, or people with their roles. */
export function FieldInput({ name, draft, onDraft, problem }: FieldInputProps): ReactNode {
  const { t } = useTexts('holdings');
  const label = t(`field.${name}`);
  const wrong = problem === undefined ? {} : { errorMessage: problem };
  if (draft.as === 'people')
    return <PeopleInput draft={draft} onDraft={onDraft} label={label} problem={problem} />;
  const { kind } = fieldOf(name);
  const isLines = draft.as === 'lines';
  const help =
    kind === 'date'
      ? t('field.dateHelp')
      : kind === 'languages'
        ? t('field.languageHelp')
        : isLines
          ? t('field.linesHelp')
          : undefined;
  return (
    <TextField
      label={label}
      value={draft.text}
      onChange={(text) => onDraft({ as: draft.as, text })}
      isMultiline={isLines || kind === 'note'}
      isMonospace={kind === 'identifiers'}
      autoFocus
      {...(help !== undefined && { description: help })}
      {...wrong}
    />
  );
}

interface PeopleInputProps {
  readonly label: string;
  readonly draft: Extract<FieldDraft, { as: 'people' }>;
  readonly onDraft: (draft: FieldDraft) => void;
  readonly problem: string | undefined;
}

function PeopleInput({ label, draft, onDraft, problem }: PeopleInputProps): ReactNode {
  const { t } = useTexts('holdings');
  const people = draft.people.length === 0 ? [{ name: '', role: '' }] : draft.people;
  const change = (at: number, changed: { name?: string; role?: string }): void =>
    onDraft({ as: 'people', people: people.map((each, i) => (i === at ? { ...each, ...changed } : each)) });
  return (
    <fieldset className={css.people}>
      <legend>{label}</legend>
      {people.map((person, at) => (
        <div key={at} className={css.person}>
          <TextField
            label={t('field.name', { at: at + 1 })}
            value={person.name}
            onChange={(name) => change(at, { name })}
            autoFocus={at === 0}
          />
          <TextField
            label={t('field.role', { at: at + 1 })}
            value={person.role}
            placeholder={t('field.rolePlaceholder')}
            onChange={(role) => change(at, { role })}
          />
          <IconButton
            icon={X}
            label={t('field.removePerson', { at: at + 1 })}
            isDisabled={people.length === 1 && person.name === ''}
            onPress={() => onDraft({ as: 'people', people: people.filter((_, i) => i !== at) })}
          />
        </div>
      ))}
      <Button
        variant="quiet"
        icon={Plus}
        onPress={() => onDraft({ as: 'people', people: [...people, { name: '', role: '' }] })}
      >
        {t('field.addPerson')}
      </Button>
      {problem !== undefined && (
        <p role="alert" className={css.problem}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}
