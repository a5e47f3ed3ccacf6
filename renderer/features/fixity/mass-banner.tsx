import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { MassChange } from '../../../shared/contract/decisions.ts';
import { formatCount, Notice, plainVisible, useTexts } from '../../ui/index.ts';
import { lookKey } from './mass-words.ts';

/** So many files changed at once that something waits for a person: said above everything else of this screen. */
export function MassBanner({ change }: { readonly change: MassChange }): ReactNode {
  const { t } = useTexts('fixity');
  return (
    <Notice
      tone="finding"
      title={t('mass.banner', {
        files: formatCount(change.files),
        of: formatCount(change.ofFiles),
        location: plainVisible(change.location.name, 80),
      })}
      actions={
        <Link to="/fixity/$id" params={{ id: change.id }}>
          {t('mass.open')}
        </Link>
      }
    >
      {t(`mass.looks.${lookKey(change.looksLike)}`)} {t('mass.waits')}
    </Notice>
  );
}
