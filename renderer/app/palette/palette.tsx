import { useNavigate } from '@tanstack/react-router';
import { AudioLines, File, FileText, Image, Library, Search, Video, type LucideIcon } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { Holding } from '../../../shared/contract/holdings.ts';
import { useTexts, VisuallyHidden } from '../../ui/index.ts';
import type { Entry, EntryGroup } from './entries.ts';
import { bestMatches } from './matching.ts';
import css from './palette.module.css';
import { useCommands, type CommandParts } from './use-commands.ts';
import { usePlaces } from './use-places.ts';
import { useRecordings } from './use-recordings.ts';

export interface PaletteProps extends CommandParts {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Recordings, places and commands behind one field. */
export function Palette({ isOpen, onClose, ...parts }: PaletteProps): ReactNode {
  const { t } = useTexts('app');
  return (
    <ModalOverlay
      className={css.veil ?? ''}
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={css.sheet ?? ''}>
        <Dialog className={css.dialog ?? ''} aria-label={t('palette.title')}>
          <Finder onClose={onClose} {...parts} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const KIND_ICONS: Readonly<Record<string, LucideIcon>> = {
  audio: AudioLines,
  video: Video,
  image: Image,
  document: FileText,
  text: FileText,
};

/** What tells it from others of its title: who and from what, else what it belongs to, else where it stands. */
function whereabouts({ title, artist, album, date, itemTitle, path }: Holding): string {
  const words = [artist, album === title ? '' : album, date].filter((word) => word !== '');
  if (artist !== '' || words.length > 1) return words.join(' · ');
  return itemTitle !== '' && itemTitle !== title ? itemTitle : path.display;
}

const textOf = ({ label, detail, words }: Entry): string => [label, words, detail].filter(Boolean).join(' ');

function useGroups(text: string, parts: CommandParts): { groups: readonly EntryGroup[]; isWaiting: boolean } {
  const { t } = useTexts('app');
  const navigate = useNavigate();
  const found = useRecordings(text);
  const places = usePlaces(true);
  const commands = useCommands(parts);
  const typed = text.trim();
  const recordings = found.rows.map((row): Entry => ({
    id: row.id,
    label: row.title,
    detail: whereabouts(row),
    icon: KIND_ICONS[row.kind] ?? File,
    run() {
      navigate({ to: '/holdings/$id', params: { id: row.id } }).catch(() => undefined);
    },
  }));
  if (typed !== '' && recordings.length > 0)
    recordings.push({
      id: 'all',
      label: t('palette.all', { text: typed }),
      icon: Library,
      run() {
        navigate({ to: '/holdings', search: { text: typed } }).catch(() => undefined);
      },
    });
  const groups: EntryGroup[] = [
    { id: 'recordings', entries: recordings },
    { id: 'places', entries: typed === '' ? places.slice(0, 6) : bestMatches(places, textOf, typed, 6) },
    {
      id: 'commands',
      entries: typed === '' ? commands.slice(0, 4) : bestMatches(commands, textOf, typed, 6),
    },
  ];
  return { groups: groups.filter(({ entries }) => entries.length > 0), isWaiting: found.text !== typed };
}

function Finder({ onClose, ...parts }: CommandParts & { readonly onClose: () => void }): ReactNode {
  const { t } = useTexts('app');
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { groups, isWaiting } = useGroups(text, parts);
  const entries = groups.flatMap((group) => group.entries);
  const at = Math.min(chosen, entries.length - 1);
  const current = entries[at];
  const idOf = (entry: Entry) => `${listId}-${entry.id}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [at, entries.length]);

  const run = (entry: Entry) => {
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || entries.length === 0) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const isSingle = Math.abs(step) === 1;
      const next = at + step;
      setChosen(
        isSingle ? (next + entries.length) % entries.length : Math.max(0, Math.min(entries.length - 1, next)),
      );
    } else if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault();
      run(current);
    }
  };

  return (
    <>
      <div className={css.field}>
        <Search size={18} strokeWidth={1.75} aria-hidden />
        <input
          className={css.input}
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-label={t('palette.title')}
          {...(current === undefined ? {} : { 'aria-activedescendant': idOf(current) })}
          placeholder={t('palette.placeholder')}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={t('palette.title')} className={css.list}>
        {groups.map(({ id, entries: rows }) => (
          <div key={id} role="group" aria-labelledby={`${listId}-group-${id}`}>
            <div id={`${listId}-group-${id}`} className={css.group}>
              {t(`palette.${id}`)}
            </div>
            {rows.map((entry) => (
              <div
                key={entry.id}
                id={idOf(entry)}
                role="option"
                aria-selected={entry === current}
                className={css.entry}
                onPointerMove={() => setChosen(entries.indexOf(entry))}
                onClick={() => run(entry)}
              >
                <entry.icon size={16} strokeWidth={1.75} aria-hidden />
                <bdi className={css.label}>{entry.label}</bdi>
                {entry.detail !== undefined && <bdi className={css.detail}>{entry.detail}</bdi>}
              </div>
            ))}
          </div>
        ))}
      </div>
      {entries.length === 0 && !isWaiting && (
        <div className={css.none}>
          <p>{t('palette.none', { text: text.trim() })}</p>
          <p>{t('palette.noneWhy')}</p>
        </div>
      )}
      <VisuallyHidden>
        <span role="status">
          {isWaiting && text.trim() !== ''
            ? ''
            : t('palette.counted', { n: entries.length, count: entries.length })}
        </span>
      </VisuallyHidden>
    </>
  );
}
