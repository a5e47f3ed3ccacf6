import { Archive, Ellipsis, HandHelping, PencilLine, Plug, Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button, MenuButton, useTexts } from '../../ui/index.ts';
import { EditLocationDialog } from './edit-location-dialog.tsx';
import { CheckInDialog, CheckOutDialog } from './loan-dialogs.tsx';
import styles from './locations.module.css';
import { ShelveDialog, UnshelveDialog } from './shelf-dialogs.tsx';
import type { OfflineLocation } from './shelf.ts';

interface Props {
  readonly location: OfflineLocation;
  readonly isReadOnly: boolean;
  /** Within a row of a table. */
  readonly isQuiet?: boolean;
}

type Open = 'checkOut' | 'checkIn' | 'edit' | 'shelf' | 'unshelve';

/** What can be done with a medium that is not connected. */
export function OfflineActs({ location, isReadOnly, isQuiet = false }: Props): ReactNode {
  const { t } = useTexts('locations');
  const [open, setOpen] = useState<Open>();
  const isOut = location.offline.loan !== undefined;
  const hasRoot = location.root.display !== '';
  const close = (): void => {
    setOpen(undefined);
  };
  const item = (id: Open, icon: typeof Plug, isDisabled = false) => ({
    id,
    label: t(`act.${id}`),
    icon,
    isDisabled: isReadOnly || isDisabled,
    onAction: () => {
      setOpen(id);
    },
  });
  const loan = isOut ? 'checkIn' : 'checkOut';
  return (
    <>
      <div className={styles.acts}>
        <Button
          {...(isQuiet ? { variant: 'quiet' as const } : {})}
          icon={isOut ? Undo2 : HandHelping}
          isDisabled={isReadOnly}
          onPress={() => {
            setOpen(loan);
          }}
        >
          {t(`act.${loan}`)}
        </Button>
        <MenuButton
          label={t('act.moreOf', { name: location.name })}
          icon={Ellipsis}
          items={[
            item('edit', PencilLine),
            item('shelf', Archive),
            // What never was connected here has no folder to be looked for.
            ...(hasRoot ? [item('unshelve', Plug, isOut)] : []),
          ]}
        />
      </div>
      {open === 'checkOut' && <CheckOutDialog location={location} onClose={close} />}
      {open === 'checkIn' && <CheckInDialog location={location} onClose={close} />}
      {open === 'edit' && <EditLocationDialog location={location} onClose={close} />}
      {open === 'shelf' && <ShelveDialog location={location} onClose={close} />}
      {open === 'unshelve' && <UnshelveDialog location={location} onClose={close} />}
    </>
  );
}
