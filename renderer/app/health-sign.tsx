import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCall } from '../client/index.ts';
import { formatCount, Notch, StatusGlyph, useTexts, VisuallyHidden, type Texts } from '../ui/index.ts';
import { healthOf, type Health } from './health.ts';
import css from './top-bar.module.css';

function sentence(health: Health, days: number | undefined, t: Texts): string {
  switch (health.kind) {
    case 'finding':
    case 'overdue':
    case 'awaiting':
      return t(`health.${health.kind}`, { n: formatCount(health.count), count: health.count });
    case 'no-copy':
      return t('health.noCopy');
    case 'calm':
      return days === undefined
        ? t('health.calmPlain')
        : t('health.calm', { n: formatCount(health.count), days: formatCount(days), count: health.count });
    case 'empty':
      return t('health.empty');
  }
}

function sign(health: Health, t: Texts): ReactNode {
  switch (health.kind) {
    case 'finding':
      return <Notch kind="finding" label={t('health.findingNotch')} />;
    case 'overdue':
      return <Notch kind="overdue" label={t('health.overdueNotch')} />;
    case 'no-copy':
    case 'awaiting':
    case 'calm':
      return <StatusGlyph status={health.weakest} size={16} label="" />;
    case 'empty':
      return <StatusGlyph status="access-only" size={16} label="" />;
  }
}

/** Whether everything is all right, in a sign and its sentence; nothing is said before it is known. */
export function HealthSign(): ReactNode {
  const { t } = useTexts('app');
  const status = useCall('archive', 'status');
  const info = useCall('archive', 'info');
  if (status.data === undefined) return <span className={css.health} />;
  const health = healthOf(status.data);
  const words = sentence(health, info.data?.policy.verifyWithinDays, t);
  return (
    <Link to="/overview" className={css.health} title={words}>
      {sign(health, t)}
      <span className={css.sentence}>{words}</span>
      <VisuallyHidden> {t('health.open')}</VisuallyHidden>
    </Link>
  );
}
