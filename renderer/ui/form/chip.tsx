import type { LucideIcon } from 'lucide-react';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTexts } from '../i18n.ts';
import { plainVisible } from '../text/visible.ts';
import { cx } from '../util/cx.ts';
import css from './chip.module.css';

export interface ChipProps {
  readonly label: string;
  readonly onRemove?: (() => void) | undefined;
  readonly icon?: LucideIcon | ReactNode;
}

/** A filter that is on, or a short fact; with `onRemove` it can be taken off. */
export function Chip({ label, onRemove, icon }: ChipProps): ReactNode {
  const { t } = useTexts('ui');
  const shown = plainVisible(label, 120);
  return (
    <span className={css.chip}>
      {drawn(icon)}
      <bdi className={css.label}>{shown}</bdi>
      {onRemove !== undefined && (
        <AriaButton
          className={cx(css.remove)}
          aria-label={t('chip.remove', { label: shown })}
          onPress={onRemove}
        >
          <X size={12} strokeWidth={2} aria-hidden />
        </AriaButton>
      )}
    </span>
  );
}

function drawn(icon: ChipProps['icon']): ReactNode {
  if (isIcon(icon)) {
    const Icon = icon;
    return <Icon size={14} strokeWidth={1.75} aria-hidden />;
  }
  return icon;
}

/** Icons are components (objects with a renderer), elements are not. */
function isIcon(icon: ChipProps['icon']): icon is LucideIcon {
  return typeof icon === 'object' && icon !== null && 'render' in icon;
}

/** Chips in a row that wraps. */
export function ChipRow({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div role="group" aria-label={label} className={css.row}>
      {children}
    </div>
  );
}
