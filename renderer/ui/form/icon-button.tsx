import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';
import overlay from '../overlay/overlay.module.css';
import { cx } from '../util/cx.ts';
import { defined } from '../util/defined.ts';
import css from './button.module.css';

export interface IconButtonProps {
  readonly icon: LucideIcon;
  /** Spoken, and shown on hover and focus. */
  readonly label: string;
  readonly onPress?: (() => void) | undefined;
  readonly isDisabled?: boolean | undefined;
  /** For what is on or off. */
  readonly isPressed?: boolean | undefined;
}

export function IconButton({
  icon: Icon,
  label,
  onPress,
  isDisabled,
  isPressed,
}: IconButtonProps): ReactNode {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton
        className={cx(css.iconButton)}
        aria-label={label}
        {...defined({ isDisabled, 'aria-pressed': isPressed })}
        onPress={() => {
          onPress?.();
        }}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </AriaButton>
      <Tooltip className={cx(overlay.tooltip)} offset={4}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
