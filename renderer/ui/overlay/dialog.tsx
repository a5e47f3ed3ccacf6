import { X } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from '../form/button.tsx';
import { IconButton } from '../form/icon-button.tsx';
import { useTexts } from '../i18n.ts';
import { cx } from '../util/cx.ts';
import css from './overlay.module.css';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly size?: 'small' | 'medium' | 'large' | undefined;
  /** Buttons at the foot, the act last. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A sheet over the page. Escape closes it; what is beside it cannot be reached meanwhile. */
export function Dialog({
  title,
  isOpen,
  onClose,
  size = 'medium',
  actions,
  children,
}: DialogProps): ReactNode {
  const { t } = useTexts('common');
  return (
    <ModalOverlay
      className={cx(css.veil)}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={cx(css.modal, css[size])}>
        <AriaDialog className={cx(css.dialog)}>
          <div className={css.header}>
            <Heading slot="title" level={2} className={cx(css.title)}>
              {title}
            </Heading>
            <IconButton icon={X} label={t('close')} onPress={onClose} />
          </div>
          <div className={css.body}>{children}</div>
          {actions !== undefined && <div className={css.actions}>{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Plain sentences: what will be so afterwards, and what will not be touched. */
  readonly consequences: readonly string[];
  readonly confirmLabel: string;
  /** Called once; the dialog closes first. */
  readonly onConfirm: () => void;
  readonly tone?: 'plain' | 'danger' | undefined;
}

/** A question before an act that cannot be undone. Leaving it is what Enter does at first. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const { title, isOpen, onClose, consequences, confirmLabel, onConfirm, tone = 'plain' } = props;
  const { t } = useTexts('common');
  const listId = useId();
  return (
    <ModalOverlay
      className={cx(css.veil)}
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={cx(css.modal, css.small)}>
        <AriaDialog role="alertdialog" className={cx(css.dialog)} aria-describedby={listId}>
          <div className={css.header}>
            <Heading slot="title" level={2} className={cx(css.title)}>
              {title}
            </Heading>
          </div>
          <div className={css.body}>
            <ul id={listId} className={cx(css.consequences, tone === 'danger' && css.danger)}>
              {consequences.map((consequence) => (
                <li key={consequence}>{consequence}</li>
              ))}
            </ul>
          </div>
          <div className={css.actions}>
            <Button autoFocus onPress={onClose}>
              {t('cancel')}
            </Button>
            <Button
              variant={tone === 'danger' ? 'danger' : 'primary'}
              onPress={() => {
                onClose();
                onConfirm();
              }}
            >
              {confirmLabel}
            </Button>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
