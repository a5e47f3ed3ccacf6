import type { ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextField as AriaTextField } from 'react-aria-components';
import { useTexts } from '../i18n.ts';
import { cx } from '../util/cx.ts';
import { defined } from '../util/defined.ts';
import css from './field.module.css';

export interface DateFieldProps {
  readonly label: string;
  /** An ISO 8601 date, or empty. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: ReactNode;
  readonly errorMessage?: string | undefined;
  readonly isRequired?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
}

/** A day. The browser's own field: it knows the reader's order of day and month, and its calendar is spoken. */
export function DateField(props: DateFieldProps): ReactNode {
  const { label, value, onChange, description, errorMessage, isRequired, isDisabled } = props;
  const { t } = useTexts('ui');
  return (
    <AriaTextField
      className={cx(css.field)}
      type="date"
      value={value}
      onChange={onChange}
      validationBehavior="aria"
      isInvalid={errorMessage !== undefined && errorMessage !== ''}
      {...defined({ isRequired, isDisabled })}
    >
      <Label className={css.label}>
        {label}
        {isRequired === true && <span className={css.required}>{t('field.required')}</span>}
      </Label>
      <Input className={cx(css.input, css.date)} max="9999-12-31" />
      {description !== undefined && (
        <Text slot="description" className={css.description}>
          {description}
        </Text>
      )}
      <FieldError className={cx(css.error)}>{errorMessage}</FieldError>
    </AriaTextField>
  );
}
