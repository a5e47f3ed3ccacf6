import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import overlay from '../overlay/overlay.module.css';
import { useTexts } from '../i18n.ts';
import { cx } from '../util/cx.ts';
import css from './text.module.css';

export interface TermProps {
  /** A key of locales/en/terms.json. */
  readonly id: string;
  readonly children: ReactNode;
}

/** A word of the field that can be opened for two lines on what it means here. */
export function Term({ id, children }: TermProps): ReactNode {
  const { t } = useTexts('terms');
  return (
    <DialogTrigger>
      <Button className={cx(css.term)}>{children}</Button>
      <Popover className={cx(overlay.popover, overlay.note)} offset={6} placement="bottom start">
        <Dialog className={cx(overlay.plain)}>
          <Heading slot="title" level={2} className={cx(css.termName)}>
            {t(`${id}.name`)}
          </Heading>
          <p className={css.termText}>{t(`${id}.text`)}</p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
