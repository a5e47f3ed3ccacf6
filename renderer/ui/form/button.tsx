import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { cx } from '../util/cx.ts';
import { defined } from '../util/defined.ts';
import css from './button.module.css';

export interface ButtonProps {
  /** `primary` once a screen, `danger` for what cannot be undone, `quiet` within lines; `plain` unless told. */
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger' | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly onPress?: (() => void) | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly type?: 'button' | 'submit' | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly children: ReactNode;
}

export function Button(props: ButtonProps): ReactNode {
  const { variant = 'plain', icon: Icon, onPress, isDisabled, type, autoFocus, children } = props;
  return (
    <AriaButton
      className={cx(css.button, css[variant])}
      {...defined({ isDisabled, type, autoFocus })}
      onPress={() => {
        onPress?.();
      }}
    >
      {Icon !== undefined && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      {children}
    </AriaButton>
  );
}
