import { Fragment, type ReactNode } from 'react';
import type { FieldValue } from '../../../shared/domain/description/fields.ts';
import { SafeText, useTexts } from '../../ui/index.ts';
import { isPeople } from './field-draft.ts';
import css from './holdings.module.css';

const MOST_VALUES = 50;

/** A value of a description as it is read; null where nothing stands. */
export function FieldValueText({ value }: { readonly value: FieldValue | null }): ReactNode {
  const { t } = useTexts('holdings');
  if (value === null) return <span className={css.never}>{t('field.nothing')}</span>;
  if (typeof value === 'string') return <SafeText value={value} isMultiline />;
  const shown = value.slice(0, MOST_VALUES);
  return (
    <>
      <ul className={css.values}>
        {isPeople(value)
          ? value.slice(0, MOST_VALUES).map(({ name, role }, at) => (
              <li key={at}>
                <SafeText value={name} /> <span className={css.muted}>{role}</span>
              </li>
            ))
          : shown.map((each, at) => (
              <Fragment key={at}>
                {typeof each === 'string' && (
                  <li>
                    <SafeText value={each} />
                  </li>
                )}
              </Fragment>
            ))}
      </ul>
      {value.length > MOST_VALUES && (
        <p className={css.note}>{t('field.moreValues', { count: value.length - MOST_VALUES })}</p>
      )}
    </>
  );
}
