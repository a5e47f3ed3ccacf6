import { CornerLeftUp, Folder } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { FolderListing } from '../../../shared/contract/folders.ts';
import type { PathValue } from '../../../shared/contract/common.ts';
import { Button } from '../form/button.tsx';
import { Checkbox } from '../form/choices.tsx';
import { formatCount } from '../format/numbers.ts';
import { useTexts } from '../i18n.ts';
import { ProblemNotice, Skeleton } from '../layout/notice.tsx';
import { PathText } from '../text/path-text.tsx';
import { plainVisible } from '../text/visible.ts';
import { cx } from '../util/cx.ts';
import { Dialog } from './dialog.tsx';
import css from './folder-picker.module.css';

export interface FolderPickerProps {
  /** What the folder is for; `Choose a folder` unless told. */
  readonly title?: string | undefined;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** The dialog closes itself. */
  readonly onChoose: (path: PathValue) => void;
  /** Reads a folder; without a path, the home folder. */
  readonly list: (path?: PathValue) => Promise<FolderListing>;
  readonly places: readonly { readonly name: string; readonly path: PathValue }[] | undefined;
}

/** Chooses a folder of the host's machine, where there is no dialog of the system. */
export function FolderPicker(props: FolderPickerProps): ReactNode {
  const { t } = useTexts('ui');
  const { t: common } = useTexts('common');
  const { title = t('folder.title'), isOpen, onClose } = props;
  const [chosen, setChosen] = useState<PathValue>();
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      size="large"
      actions={
        <>
          <Button onPress={onClose}>{common('cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={chosen === undefined}
            onPress={() => {
              if (chosen === undefined) return;
              onClose();
              props.onChoose(chosen);
            }}
          >
            {t('folder.choose')}
          </Button>
        </>
      }
    >
      <Browser list={props.list} places={props.places ?? []} onListed={setChosen} />
    </Dialog>
  );
}

type Shown =
  | { readonly state: 'reading' }
  | { readonly state: 'listed'; readonly listing: FolderListing }
  | { readonly state: 'failed'; readonly error: { readonly code: string; readonly message: string } };

interface BrowserProps {
  readonly list: FolderPickerProps['list'];
  readonly places: readonly { readonly name: string; readonly path: PathValue }[];
  readonly onListed: (path: PathValue | undefined) => void;
}

function Browser({ list, places, onListed }: BrowserProps): ReactNode {
  const { t } = useTexts('ui');
  const [wanted, setWanted] = useState<{ readonly path?: PathValue; readonly times: number }>({ times: 0 });
  const [shown, setShown] = useState<Shown>({ state: 'reading' });
  const [showHidden, setShowHidden] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    setShown((before) => (before.state === 'listed' ? before : { state: 'reading' }));
    list(wanted.path).then(
      (listing) => {
        if (!isCurrent) return;
        setShown({ state: 'listed', listing });
        onListed(listing.path);
      },
      (error: unknown) => {
        if (!isCurrent) return;
        setShown({ state: 'failed', error: problemOf(error) });
        onListed(undefined);
      },
    );
    return () => {
      isCurrent = false;
    };
    // `list` is a function of the caller's render; a folder is read anew only where another is asked for.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted]);
  const go = (path: PathValue): void => {
    setWanted({ path, times: wanted.times + 1 });
  };
  const listing = shown.state === 'listed' ? shown.listing : undefined;
  const rows = listing?.rows.filter((row) => showHidden || !row.hidden) ?? [];
  return (
    <div className={css.picker}>
      <nav className={css.places} aria-label={t('folder.places')}>
        {places.map((place) => (
          <AriaButton
            key={place.path.bytes ?? place.path.display}
            className={cx(css.row)}
            onPress={() => {
              go(place.path);
            }}
          >
            <bdi className={css.name}>{plainVisible(place.name, 200)}</bdi>
          </AriaButton>
        ))}
      </nav>
      <div className={css.here}>
        <div className={css.path}>{listing !== undefined && <PathText path={listing.path} />}</div>
        {shown.state === 'failed' && (
          <ProblemNotice
            error={shown.error}
            onRetry={() => {
              setWanted({ ...wanted, times: wanted.times + 1 });
            }}
          />
        )}
        {shown.state === 'reading' && <Skeleton lines={6} />}
        {listing !== undefined && (
          <ul className={css.rows} aria-label={t('folder.folders')}>
            {listing.parent !== undefined && (
              <Row
                icon={<CornerLeftUp size={16} aria-hidden />}
                name={t('folder.up')}
                path={listing.parent}
                onGo={go}
              />
            )}
            {rows.map((row) => (
              <Row
                key={row.path.bytes ?? row.path.display}
                icon={<Folder size={16} strokeWidth={1.75} aria-hidden />}
                name={plainVisible(row.name, 300)}
                path={row.path}
                onGo={go}
              />
            ))}
          </ul>
        )}
        {listing !== undefined && (
          <div className={css.foot}>
            <p aria-live="polite">
              {rows.length === 0
                ? t('folder.noFolders')
                : t('folder.count', { count: rows.length, rows: formatCount(rows.length) })}{' '}
              {t('folder.files', { count: listing.files, files: formatCount(listing.files) })}{' '}
              {listing.truncated && t('folder.truncated')}
            </p>
            {listing.rows.some((row) => row.hidden) && (
              <Checkbox isSelected={showHidden} onChange={setShowHidden}>
                {t('folder.showHidden')}
              </Checkbox>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

interface RowProps {
  readonly icon: ReactNode;
  readonly name: string;
  readonly path: PathValue;
  readonly onGo: (path: PathValue) => void;
}

function Row({ icon, name, path, onGo }: RowProps): ReactNode {
  return (
    <li>
      <AriaButton
        className={cx(css.row)}
        onPress={() => {
          onGo(path);
        }}
      >
        {icon}
        <bdi className={css.name}>{name}</bdi>
      </AriaButton>
    </li>
  );
}

function problemOf(error: unknown): { code: string; message: string } {
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'INTERNAL';
  return { code, message: error instanceof Error ? error.message : String(error) };
}
