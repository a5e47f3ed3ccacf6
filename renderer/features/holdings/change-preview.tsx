import type { ReactNode } from 'react';
import type { EditResult } from '../../../shared/contract/description.ts';
import { formatCount, SafeText, useTexts } from '../../ui/index.ts';
import { FieldValueText } from './field-value.tsx';
import css from './holdings.module.css';

/** Changes that are shown of a preview; how many there are is said beside them. */
export const SHOWN_CHANGES = 100;

interface ChangePreviewProps {
  readonly result: EditResult;
  /** Titles of the things, as far as they are known. */
  readonly titles: ReadonlyMap<string, string>;
}

/** What would be changed, value by value, before anything is. */
export function ChangePreview({ result, titles }: ChangePreviewProps): ReactNode {
  const { t } = useTexts('holdings');
  if (result.total === 0) return <p role="status">{t('preview.nothing')}</p>;
  return (
    <div className={css.preview}>
      <p role="status">
        {t('preview.total', {
          count: result.total,
          n: formatCount(result.total),
          things: formatCount(result.entities),
        })}
      </p>
      <div className={css.previewRows} role="region" aria-label={t('preview.label')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('preview.thing')}</th>
              <th scope="col">{t('preview.from')}</th>
              <th scope="col">{t('preview.to')}</th>
            </tr>
          </thead>
          <tbody>
            {result.changes.slice(0, SHOWN_CHANGES).map(({ id, field, from, to }) => (
              <tr key={`${id} ${field}`}>
                <th scope="row">
                  <SafeText value={titles.get(id) ?? id} maxLength={120} />
                </th>
                <td>
                  <FieldValueText value={from} />
                </td>
                <td>
                  <FieldValueText value={to} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {result.total > result.changes.length && (
        <p className={css.note}>{t('preview.first', { count: result.changes.length })}</p>
      )}
    </div>
  );
}
