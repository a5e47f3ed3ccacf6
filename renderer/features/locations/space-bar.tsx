import { formatBytes, useTexts } from '../../ui/index.ts';
import { Meter } from './meter.tsx';

/** How full a volume is, in words and as a bar. */
export function SpaceBar({ free, total }: { readonly free?: number; readonly total?: number }) {
  const { t } = useTexts('locations');
  if (free === undefined) return <>{t('space.unknown')}</>;
  if (total === undefined || total <= 0) return <>{t('space.free', { free: formatBytes(free) })}</>;
  return (
    <Meter
      label={t('space.used')}
      share={(total - free) / total}
      words={t('space.freeOf', { free: formatBytes(free), total: formatBytes(total) })}
    />
  );
}
