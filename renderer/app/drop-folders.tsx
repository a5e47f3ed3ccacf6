import { useLocation, useNavigate } from '@tanstack/react-router';
import { FolderInput, PackageSearch } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useDesktop } from '../client/index.ts';
import { useTexts, useToast } from '../ui/index.ts';
import css from './frame.module.css';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/**
 * Folders that are dropped anywhere begin an accession, save beside the hand-outs, where what came from others is checked; a page that takes a
 * drop itself says so by preventing the default.
 */
export function DropFolders(): ReactNode {
  const { t } = useTexts('app');
  const { tell } = useToast();
  const desktop = useDesktop();
  const navigate = useNavigate();
  const [isOver, setOver] = useState(false);
  const isChecked = useLocation({ select: ({ pathname }) => pathname.split('/')[1] === 'hand-outs' });

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      // A window that does not take a drop would leave the page and show the file.
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!carriesFiles(event)) return;
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      if (isTaken) return;
      const paths = [...(event.dataTransfer?.files ?? [])].flatMap((file) => desktop.pathOfFile(file) ?? []);
      const go = (search: Record<string, unknown>) => {
        navigate({ to: isChecked ? '/hand-outs/check' : '/accessions/new', search }).catch(() => undefined);
      };
      const [first] = paths;
      if (first === undefined) {
        if (isChecked) tell(t('drop.browserCheck'));
        else tell(t('drop.browser'), { action: { label: t('drop.choose'), onPress: () => go({}) } });
        return;
      }
      const { display, bytes } = first;
      go({
        path: display,
        ...(bytes === undefined ? {} : { pathBytes: bytes }),
        ...(paths.length > 1 ? { paths } : {}),
      });
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [desktop, isChecked, navigate, t, tell]);

  if (!isOver) return null;
  const Sign = isChecked ? PackageSearch : FolderInput;
  return (
    <div className={css.drop}>
      <div className={css.dropWords}>
        <Sign size={32} strokeWidth={1.5} aria-hidden />
        <p className={css.dropTitle}>{t(isChecked ? 'drop.check' : 'drop.title')}</p>
        <p>{t(isChecked ? 'drop.checkWhy' : 'drop.why')}</p>
      </div>
    </div>
  );
}
