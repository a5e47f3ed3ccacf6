import { X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Button } from '../form/button.tsx';
import { IconButton } from '../form/icon-button.tsx';
import { useTexts } from '../i18n.ts';
import { plainVisible } from '../text/visible.ts';
import { dismiss, onNotes, readNotes, tell, type ToastNote } from './store.ts';
import css from './toast.module.css';

const toast = { tell } as const;

/** `tell('Title changed.', { action: { label: 'Undo', onPress } })` shows a note at the foot of the window. */
export function useToast(): typeof toast {
  return toast;
}

/** Where notes are shown; once, in the frame. */
export function ToastRegion(): ReactNode {
  const { t } = useTexts('ui');
  const notes = useSyncExternalStore(onNotes, readNotes);
  return (
    <section className={css.region} aria-label={t('toast.region')}>
      <div role="status" aria-live="polite" className={css.notes}>
        {notes.map((note) => (
          <Toast key={note.id} note={note} />
        ))}
      </div>
    </section>
  );
}

/** A note with an act stays long enough to be read, decided on and reached by keyboard. */
const SHOWN = 8_000;
const SHOWN_WITH_ACTION = 20_000;

function Toast({ note }: { note: ToastNote }): ReactNode {
  const { t } = useTexts('common');
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(
      () => {
        dismiss(note.id);
      },
      note.action === undefined ? SHOWN : SHOWN_WITH_ACTION,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [isHeld, note]);
  const hold = (): void => {
    setHeld(true);
  };
  const release = (): void => {
    setHeld(false);
  };
  const { action } = note;
  return (
    <div className={css.toast} onPointerEnter={hold} onPointerLeave={release} onFocus={hold} onBlur={release}>
      <p className={css.text}>
        <bdi>{plainVisible(note.text, 400)}</bdi>
      </p>
      {action !== undefined && (
        <Button
          variant="quiet"
          onPress={() => {
            dismiss(note.id);
            action.onPress();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton
        icon={X}
        label={t('close')}
        onPress={() => {
          dismiss(note.id);
        }}
      />
    </div>
  );
}
