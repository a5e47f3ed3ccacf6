import { Fragment, useContext, useState, type ReactNode } from 'react';
import { useTexts } from '../i18n.ts';
import { cx } from '../util/cx.ts';
import { formatCount } from '../format/numbers.ts';
import { DenseContext } from './dense.ts';
import css from './text.module.css';
import { markText, plainVisible, visibleText, type VisibleText } from './visible.ts';

const USUAL = 400;

export interface SafeTextProps {
  readonly value: string;
  /** Characters shown at first; 400 unless told. */
  readonly maxLength?: number | undefined;
  /** Keeps line breaks and tabs, for notes. */
  readonly isMultiline?: boolean | undefined;
}

/** Any text that comes from a file: isolated, clipped, cut, and with what a screen would obey shown as a mark. */
export function SafeText({ value, maxLength = USUAL, isMultiline = false }: SafeTextProps): ReactNode {
  const isDense = useContext(DenseContext);
  const [most, setMost] = useState(maxLength);
  const shown = visibleText(value, most, isMultiline);
  const text = (
    <bdi
      className={cx(css.safe, isMultiline && css.lines, isDense && css.oneLine)}
      {...(isDense && value.length > 24 ? { title: plainVisible(value) } : {})}
    >
      <Pieces of={shown} />
      {shown.left > 0 && '…'}
    </bdi>
  );
  if (isDense || shown.left === 0) return text;
  return (
    <>
      {text}
      <More
        left={shown.left}
        onMore={() => {
          setMost(most * 10);
        }}
      />
    </>
  );
}

function More({ left, onMore }: { left: number; onMore: () => void }): ReactNode {
  const { t } = useTexts('ui');
  return (
    <button type="button" className={css.more} onClick={onMore}>
      {t('text.more', { count: left, left: formatCount(left) })}
    </button>
  );
}

/** Pieces of visible text, marks set apart. */
function Pieces({ of }: { of: VisibleText }): ReactNode {
  return of.pieces.map((piece, at) => (
    <Fragment key={at}>
      {typeof piece === 'string' ? piece : <span className={css.mark}>{markText(piece)}</span>}
    </Fragment>
  ));
}
