import { useMemo, useState, type ReactNode } from 'react';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import { Button, Digest, SafeText, useTexts } from '../../../ui/index.ts';
import css from './detail.module.css';
import { tagRows } from './tag-rows.ts';

const FIRST = 60;

type Tags = NonNullable<Entity['object']>['tags'];

/** Every tag as it was found: text of somebody else, shown and never obeyed. */
export function TagsSection({ tags }: { readonly tags: Tags }): ReactNode {
  const { t } = useTexts('holdings');
  const [most, setMost] = useState(FIRST);
  const groups = useMemo(() => tagRows(tags, t), [tags, t]);
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  let left = most;
  return (
    <div className={css.stack}>
      <p className={css.note}>{t('tags.what')}</p>
      {groups.map(({ kind, rows }) => {
        const shown = rows.slice(0, Math.max(0, left));
        left -= rows.length;
        return shown.length === 0 ? null : (
          <div key={kind}>
            <h3 className={css.subtitle}>
              <SafeText value={kind} maxLength={80} />
            </h3>
            <table className={css.tags}>
              <colgroup>
                <col className={css.tagName} />
                <col />
              </colgroup>
              <thead className={css.spoken}>
                <tr>
                  <th scope="col">{t('tags.name')}</th>
                  <th scope="col">{t('tags.value')}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map(({ name, value, sha256 }, at) => (
                  <tr key={at}>
                    <th scope="row">
                      <SafeText value={name} maxLength={80} />
                    </th>
                    <td>
                      <SafeText value={value} maxLength={300} isMultiline />
                      {sha256 !== undefined && <Digest value={sha256} algorithm={t('tags.digest')} />}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      })}
      {total > most && (
        <Button variant="quiet" onPress={() => setMost(most + 500)}>
          {t('tags.more', { count: total - most })}
        </Button>
      )}
    </div>
  );
}
