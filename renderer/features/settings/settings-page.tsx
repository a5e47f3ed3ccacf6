import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page, Section, Tabs, useTexts } from '../../ui/index.ts';
import { AboutSection } from './about-section.tsx';
import { AgentsSection } from './agents-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { PolicySection } from './policy-section.tsx';
import { SECTIONS, sectionOf, type SettingsSection } from './sections.ts';

export interface SettingsPageProps {
  readonly section?: string | undefined;
  /** The list of keys, which only the frame knows. */
  readonly keys: ReactNode;
}

export function SettingsPage({ section, keys }: SettingsPageProps) {
  const { t } = useTexts('settings');
  const navigate = useNavigate();
  const contents: Readonly<Record<SettingsSection, ReactNode>> = {
    policy: <PolicySection />,
    agents: <AgentsSection />,
    appearance: <AppearanceSection />,
    keyboard: <Section title={t('keys.title')}>{keys}</Section>,
    about: <AboutSection />,
  };
  return (
    <Page title={t('title')}>
      <Tabs
        label={t('title')}
        selected={sectionOf(section)}
        onChange={(id) => {
          navigate({ to: '/settings/$section', params: { section: id } }).catch(() => undefined);
        }}
        tabs={SECTIONS.map((id) => ({ id, label: t(`section.${id}`), content: contents[id] }))}
      />
    </Page>
  );
}
