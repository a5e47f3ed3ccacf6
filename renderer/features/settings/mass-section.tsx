import { MASS_BOUNDS } from '../../../shared/domain/mass-change.ts';
import { formatCount, NumberField, Section, Term, useTexts } from '../../ui/index.ts';
import type { Policy } from './policy.ts';
import styles from './settings.module.css';

interface Props {
  readonly asked: Policy['massChange'];
  readonly isReadOnly: boolean;
  readonly onChange: (asked: Policy['massChange']) => void;
}

/** From when on what changes at once is one finding, for which everything else waits. */
export function MassSection({ asked, isReadOnly, onChange }: Props) {
  const { t } = useTexts('settings');
  const { share, files, least } = MASS_BOUNDS;
  return (
    <Section
      title={t('policy.mass')}
      description={
        <>
          {t('policy.massWhy')} <Term id="finding">{t('policy.massTerm')}</Term>
        </>
      }
    >
      <div className={styles.numbers}>
        <NumberField
          label={t('policy.massPercent')}
          value={Math.round(asked.share * 100)}
          onChange={(percent) => {
            onChange({ ...asked, share: percent / 100 });
          }}
          minValue={share.from * 100}
          maxValue={share.to * 100}
          isDisabled={isReadOnly}
        />
        <NumberField
          label={t('policy.massFiles')}
          value={asked.files}
          onChange={(many) => {
            onChange({ ...asked, files: many, least: Math.min(asked.least, many) });
          }}
          minValue={files.from}
          maxValue={files.to}
          isDisabled={isReadOnly}
        />
        <NumberField
          label={t('policy.massLeast')}
          value={asked.least}
          onChange={(few) => {
            onChange({ ...asked, least: few, files: Math.max(asked.files, few) });
          }}
          minValue={least.from}
          maxValue={least.to}
          isDisabled={isReadOnly}
        />
      </div>
      <p className={styles.muted} aria-live="polite">
        {t('policy.massMeans', {
          percent: formatCount(Math.round(asked.share * 100)),
          files: formatCount(asked.files),
          least: formatCount(asked.least),
        })}
      </p>
    </Section>
  );
}
