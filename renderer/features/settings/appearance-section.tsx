import { usePreference } from '../../client/index.ts';
import { applyTheme, RadioGroup, Section, THEMES, useTexts, type Theme } from '../../ui/index.ts';

/** Takes effect at once; the frame applies the same preference in every window. */
export function AppearanceSection() {
  const { t } = useTexts('settings');
  const [remembered, remember] = usePreference<string>('appearance.theme', '');
  const theme: Theme = THEMES.find((each) => each === remembered) ?? 'system';
  return (
    <Section title={t('appearance.title')} description={t('appearance.description')}>
      <RadioGroup
        label={t('appearance.theme')}
        value={theme}
        onChange={(chosen) => {
          applyTheme(chosen);
          remember(chosen);
        }}
        options={THEMES.map((value) => ({
          value,
          label: t(`appearance.${value}`),
          description: t(`appearance.${value}Means`),
        }))}
      />
    </Section>
  );
}
