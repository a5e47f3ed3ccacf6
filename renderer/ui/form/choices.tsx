import { Check, Minus } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { Checkbox as AriaCheckbox, Label, Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components';
import { cx } from '../util/cx.ts';
import { defined } from '../util/defined.ts';
import css from './field.module.css';

export interface CheckboxProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean | undefined;
  /** Some of what it stands for. */
  readonly isIndeterminate?: boolean | undefined;
  readonly children: ReactNode;
}

export function Checkbox({
  isSelected,
  onChange,
  isDisabled,
  isIndeterminate,
  children,
}: CheckboxProps): ReactNode {
  return (
    <AriaCheckbox
      className={cx(css.choice)}
      isSelected={isSelected}
      onChange={onChange}
      {...defined({ isDisabled, isIndeterminate })}
    >
      <span className={css.box}>
        {isIndeterminate === true ? (
          <Minus size={12} strokeWidth={3} aria-hidden />
        ) : (
          isSelected && <Check size={12} strokeWidth={3} aria-hidden />
        )}
      </span>
      <span className={css.choiceText}>{children}</span>
    </AriaCheckbox>
  );
}

export interface RadioOption<Value extends string = string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean | undefined;
}

export interface RadioGroupProps<Value extends string = string> {
  readonly label: string;
  readonly value: Value | '' | undefined;
  readonly onChange: (value: Value) => void;
  readonly options: readonly RadioOption<Value>[];
  readonly isDisabled?: boolean | undefined;
}

/** One of a few, all of them seen, each with what follows from it. */
export function RadioGroup<Value extends string = string>(props: RadioGroupProps<Value>): ReactNode {
  const { label, value, onChange, options, isDisabled } = props;
  const id = useId();
  return (
    <AriaRadioGroup
      className={cx(css.field)}
      value={value ?? ''}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      {...defined({ isDisabled })}
    >
      <Label className={css.label}>{label}</Label>
      <div className={css.choices}>
        {options.map((option, at) => (
          <Radio
            key={option.value}
            value={option.value}
            className={cx(css.choice)}
            {...defined({ isDisabled: option.isDisabled })}
            aria-labelledby={`${id}-${at}-label`}
            {...(option.description === undefined ? {} : { 'aria-describedby': `${id}-${at}-text` })}
          >
            <span className={cx(css.box, css.round)} />
            <span className={css.choiceText}>
              <span id={`${id}-${at}-label`}>{option.label}</span>
              {option.description !== undefined && (
                <span id={`${id}-${at}-text`} className={css.description}>
                  {option.description}
                </span>
              )}
            </span>
          </Radio>
        ))}
      </div>
    </AriaRadioGroup>
  );
}
