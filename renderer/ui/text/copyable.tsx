import { useContext, useState, type ReactNode } from 'react';
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import { useTexts } from '../i18n.ts';
import { copyText } from '../util/copy.ts';
import { cx } from '../util/cx.ts';
import overlay from '../overlay/overlay.module.css';
import { VisuallyHidden } from './small.tsx';
import { DenseContext } from './dense.ts';
import css from './text.module.css';

interface CopyableProps {
  /** What is copied. */
  readonly text: string;
  /** What hover and focus show. */
  readonly full: ReactNode;
  /** Spoken in place of the shortened form. */
  readonly spoken: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** Something shortened: whole on hover and on focus, copied when pressed. In a table it is plain text with a title. */
export function Copyable(props: CopyableProps): ReactNode {
  if (!useContext(DenseContext)) return <CopyButton {...props} />;
  return (
    <span className={props.className} title={props.spoken}>
      {props.children}
    </span>
  );
}

function CopyButton({ text, full, spoken, className, children }: CopyableProps): ReactNode {
  const { t } = useTexts('ui');
  const [isCopied, setCopied] = useState(false);
  return (
    <TooltipTrigger
      delay={300}
      closeDelay={0}
      onOpenChange={(isOpen) => {
        if (!isOpen) setCopied(false);
      }}
      shouldCloseOnPress={false}
    >
      <Button
        className={cx(css.copyable, className)}
        onPress={() => {
          setCopied(copyText(text));
        }}
      >
        {/* Not as a label: what is drawn in parts or cut short would contradict it. */}
        <span className={css.drawn} aria-hidden="true">
          {children}
        </span>
        <VisuallyHidden>{spoken}</VisuallyHidden>
      </Button>
      <Tooltip className={cx(overlay.tooltip, css.full)} offset={4}>
        <span>{full}</span>
        <span className={overlay.hint} aria-live="polite">
          {isCopied ? t('text.copied') : t('text.pressToCopy')}
        </span>
      </Tooltip>
    </TooltipTrigger>
  );
}
