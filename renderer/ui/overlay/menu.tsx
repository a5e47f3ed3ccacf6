import type { LucideIcon } from 'lucide-react';
import { ChevronDown } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import {
  Button as AriaButton,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import button from '../form/button.module.css';
import { cx } from '../util/cx.ts';
import css from './overlay.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  readonly onAction?: (() => void) | undefined;
  readonly isDisabled?: boolean | undefined;
  /** A line between groups; nothing but its id is read. */
  readonly isSeparator?: boolean | undefined;
}

interface ItemsProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onClose?: () => void;
}

function Items({ label, items, onClose }: ItemsProps): ReactNode {
  return (
    <AriaMenu
      className={cx(css.menu)}
      aria-label={label}
      autoFocus="first"
      {...(onClose === undefined ? {} : { onClose })}
      disabledKeys={items.filter((item) => item.isDisabled === true).map((item) => item.id)}
      onAction={(key) => {
        items.find((item) => item.id === key)?.onAction?.();
      }}
    >
      {items.map((item) =>
        item.isSeparator === true ? (
          <Separator key={item.id} className={cx(css.separator)} />
        ) : (
          <AriaMenuItem key={item.id} id={item.id} textValue={item.label} className={cx(css.item)}>
            {item.icon !== undefined && <item.icon size={16} strokeWidth={1.75} aria-hidden />}
            <span className={css.text}>{item.label}</span>
          </AriaMenuItem>
        ),
      )}
    </AriaMenu>
  );
}

export interface MenuButtonProps {
  readonly label: string;
  readonly icon?: LucideIcon | undefined;
  readonly items: readonly MenuItem[];
}

/** A button that opens a menu. With an icon only the icon is seen, and the label is spoken. */
export function MenuButton({ label, icon: Icon, items }: MenuButtonProps): ReactNode {
  return (
    <MenuTrigger>
      {Icon === undefined ? (
        <AriaButton className={cx(button.button, button.plain)}>
          {label}
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
        </AriaButton>
      ) : (
        <AriaButton className={cx(button.iconButton)} aria-label={label}>
          <Icon size={16} strokeWidth={1.75} aria-hidden />
        </AriaButton>
      )}
      <Popover className={cx(css.popover)} offset={4} placement="bottom start">
        <Items label={label} items={items} />
      </Popover>
    </MenuTrigger>
  );
}

interface MenuAtProps {
  /** Where it opens, in pixels of the window; closed where there is none. */
  readonly at: { readonly x: number; readonly y: number } | undefined;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

/** A menu at a point of the window. */
export function MenuAt({ at, label, items, onClose }: MenuAtProps): ReactNode {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span
        ref={anchor}
        className={css.anchor}
        style={{ left: at?.x ?? 0, top: at?.y ?? 0 }}
        aria-hidden="true"
      />
      <Popover
        className={cx(css.popover)}
        triggerRef={anchor}
        isOpen={at !== undefined && items.length > 0}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose();
        }}
        offset={2}
        placement="bottom start"
        aria-label={label}
      >
        <Items label={label} items={items} onClose={onClose} />
      </Popover>
    </>
  );
}
