import { Minus, Plus, Search, X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  FieldError,
  Group,
  Input,
  Label,
  NumberField as AriaNumberField,
  SearchField as AriaSearchField,
  Text,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components';
import { readerLocale } from '../format/locale.ts';
import { useTexts } from '../i18n.ts';
import { cx } from '../util/cx.ts';
import { defined } from '../util/defined.ts';
import button from './button.module.css';
import css from './field.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly description?: ReactNode;
  readonly errorMessage?: string | undefined;
  readonly isMultiline?: boolean | undefined;
  readonly isRequired?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly placeholder?: string | undefined;
  readonly isMonospace?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly onBlur?: (() => void) | undefined;
}

export function TextField(props: TextFieldProps): ReactNode {
  const { label, value, onChange, description, errorMessage, isRequired, isDisabled, autoFocus, onBlur } =
    props;
  const { t } = useTexts('ui');
  const inner = {
    className: cx(css.input, props.isMonospace === true && css.mono),
    ...defined({ placeholder: props.placeholder }),
  };
  return (
    <AriaTextField
      className={cx(css.field)}
      value={value}
      onChange={onChange}
      validationBehavior="aria"
      isInvalid={errorMessage !== undefined && errorMessage !== ''}
      {...defined({ isRequired, isDisabled, autoFocus, onBlur })}
    >
      <Label className={css.label}>
        {label}
        {isRequired === true && <span className={css.required}>{t('field.required')}</span>}
      </Label>
      {props.isMultiline === true ? <TextArea {...inner} /> : <Input {...inner} />}
      {description !== undefined && (
        <Text slot="description" className={css.description}>
          {description}
        </Text>
      )}
      <FieldError className={cx(css.error)}>{errorMessage}</FieldError>
    </AriaTextField>
  );
}

export interface SearchFieldProps {
  /** Spoken; the lens says it to the eye. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
  readonly onSubmit?: ((value: string) => void) | undefined;
  readonly autoFocus?: boolean | undefined;
}

/** A field to search in; Escape empties it. */
export function SearchField({
  label,
  value,
  onChange,
  placeholder,
  onSubmit,
  autoFocus,
}: SearchFieldProps): ReactNode {
  const { t } = useTexts('ui');
  return (
    <AriaSearchField
      className={cx(css.field, css.search)}
      aria-label={label}
      value={value}
      onChange={onChange}
      {...defined({ onSubmit, autoFocus })}
    >
      <Search className={cx(css.lens)} size={16} strokeWidth={1.75} aria-hidden />
      <Input className={cx(css.input)} {...defined({ placeholder })} />
      <AriaButton className={cx(button.iconButton, css.clear)} aria-label={t('field.clear')}>
        <X size={14} strokeWidth={1.75} aria-hidden />
      </AriaButton>
    </AriaSearchField>
  );
}

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  /** Called with a number that lies within the bounds; an emptied field goes back to what it was. */
  readonly onChange: (value: number) => void;
  readonly minValue?: number | undefined;
  readonly maxValue?: number | undefined;
  readonly step?: number | undefined;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean | undefined;
}

export function NumberField(props: NumberFieldProps): ReactNode {
  const { label, value, onChange, minValue, maxValue, step, description, isDisabled } = props;
  const { t } = useTexts('ui');
  return (
    <AriaNumberField
      className={cx(css.field)}
      value={value ?? Number.NaN}
      onChange={(next) => {
        if (!Number.isNaN(next)) onChange(next);
      }}
      validationBehavior="aria"
      {...defined({ minValue, maxValue, step, isDisabled })}
    >
      <Label className={css.label}>{label}</Label>
      <Group className={cx(css.number)} lang={readerLocale()}>
        <Input className={cx(css.input)} />
        <AriaButton slot="decrement" className={cx(css.step)} aria-label={t('field.less')}>
          <Minus size={14} aria-hidden />
        </AriaButton>
        <AriaButton slot="increment" className={cx(css.step)} aria-label={t('field.more')}>
          <Plus size={14} aria-hidden />
        </AriaButton>
      </Group>
      {description !== undefined && (
        <Text slot="description" className={css.description}>
          {description}
        </Text>
      )}
    </AriaNumberField>
  );
}
