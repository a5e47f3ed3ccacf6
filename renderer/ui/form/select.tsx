import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components';
import overlay from '../overlay/overlay.module.css';
import { useTexts } from '../i18n.ts';
import { cx } from '../util/cx.ts';
import { defined } from '../util/defined.ts';
import css from './field.module.css';

export interface SelectOption<Id extends string = string> {
  readonly id: Id;
  readonly label: string;
  readonly description?: string | undefined;
}

export interface SelectProps<Id extends string = string> {
  readonly label: string;
  readonly options: readonly SelectOption<Id>[];
  /** The id of an option; empty where nothing is chosen yet. */
  readonly value: Id | '' | undefined;
  readonly onChange: (id: Id) => void;
  readonly isLabelHidden?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly isRequired?: boolean | undefined;
  readonly description?: ReactNode;
}

/** One of a few. */
export function Select<Id extends string = string>(props: SelectProps<Id>): ReactNode {
  const {
    label,
    options,
    value,
    onChange,
    isLabelHidden = false,
    isDisabled,
    isRequired,
    description,
  } = props;
  const { t } = useTexts('ui');
  return (
    <AriaSelect
      className={cx(css.field)}
      value={value === '' || value === undefined ? null : value}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen !== undefined) onChange(chosen.id);
      }}
      placeholder={t('field.choose')}
      validationBehavior="aria"
      {...(isLabelHidden ? { 'aria-label': label } : {})}
      {...defined({ isDisabled, isRequired })}
    >
      {!isLabelHidden && (
        <Label className={css.label}>
          {label}
          {isRequired === true && <span className={css.required}>{t('field.required')}</span>}
        </Label>
      )}
      <AriaButton className={cx(css.picker)}>
        <SelectValue className={cx(css.pickerText)}>
          {({ selectedText, isPlaceholder }) => (isPlaceholder ? t('field.choose') : selectedText)}
        </SelectValue>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
      </AriaButton>
      {description !== undefined && (
        <Text slot="description" className={css.description}>
          {description}
        </Text>
      )}
      <Popover className={cx(overlay.popover, css.list)} offset={4}>
        <ListBox className={cx(overlay.menu)}>
          {options.map((option) => (
            <ListBoxItem key={option.id} id={option.id} textValue={option.label} className={cx(overlay.item)}>
              {({ isSelected }) => (
                <>
                  <span className={overlay.text}>
                    <span>{option.label}</span>
                    {option.description !== undefined && (
                      <span className={overlay.description}>{option.description}</span>
                    )}
                  </span>
                  <span className={overlay.check}>{isSelected && <Check size={14} aria-hidden />}</span>
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
