import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTexts } from '../../ui/index.ts';
import styles from './measure.module.css';

export type Measure = 'count' | 'hours';

interface MeasureChoiceProps {
  readonly value: Measure;
  readonly onChange: (measure: Measure) => void;
}

/** By how many, or by how long they sound: a long tape and a jingle are one recording each. */
export function MeasureChoice({ value, onChange }: MeasureChoiceProps) {
  const { t } = useTexts('overview');
  return (
    <ToggleButtonGroup
      aria-label={t('measure.label')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        onChange(keys.has('hours') ? 'hours' : 'count');
      }}
      className={styles.group ?? ''}
    >
      <ToggleButton id="count" className={styles.choice ?? ''}>
        {t('measure.count')}
      </ToggleButton>
      <ToggleButton id="hours" className={styles.choice ?? ''}>
        {t('measure.hours')}
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
