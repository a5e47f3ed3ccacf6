import type { Holding } from '../../../shared/contract/holdings.ts';
import type { RepresentationRole } from '../../../shared/domain/vocabulary.ts';
import type { MenuItem, Texts } from '../../ui/index.ts';
import type { StructureAct } from './structure-dialogs.tsx';
import { rowsAsText } from './rows-as-text.ts';
import { offeredFor } from './structure-acts.ts';

interface RowActs {
  readonly open: (id: string) => void;
  readonly openPage: (id: string) => void;
  readonly copy: (text: string) => void;
  /** Absent where there is no file manager to show it in. */
  readonly reveal?: (row: Holding) => void;
  readonly structure: (act: StructureAct) => void;
  readonly setRole: (row: Holding, role: RepresentationRole) => void;
}

/** What can be done with a row, or with all chosen ones where it is one of them. */
export function rowMenu(t: Texts, row: Holding, rows: readonly Holding[], acts: RowActs): MenuItem[] {
  const offered = offeredFor(rows);
  const structure = (['split', 'move', 'merge'] as const).filter((act) => offered[act]);
  return [
    { id: 'open', label: t('menu.open'), onAction: () => acts.open(row.id) },
    { id: 'page', label: t('menu.page'), onAction: () => acts.openPage(row.id) },
    { id: 'item', label: t('menu.item'), onAction: () => acts.open(row.item) },
    { id: 'line-1', label: '', isSeparator: true },
    { id: 'copy-text', label: t('menu.copyText'), onAction: () => acts.copy(rowsAsText(rows, t)) },
    { id: 'copy-digest', label: t('menu.copyDigest'), onAction: () => acts.copy(row.sha256) },
    ...(row.path.display === ''
      ? []
      : [{ id: 'copy-path', label: t('menu.copyPath'), onAction: () => acts.copy(row.path.display) }]),
    ...(acts.reveal === undefined || row.path.display === ''
      ? []
      : [{ id: 'reveal', label: t('reveal'), onAction: () => acts.reveal?.(row) }]),
    ...(structure.length + offered.roles.length > 0 ? [{ id: 'line-2', label: '', isSeparator: true }] : []),
    ...offered.roles.map((role) => ({
      id: `role-${role}`,
      label: t('menu.role', { role: t(`role.${role}`) }),
      onAction: () => acts.setRole(row, role),
    })),
    ...structure.map((act) => ({
      id: act,
      label: t(`menu.${act}`, { count: rows.length }),
      onAction: () => acts.structure(act),
    })),
  ];
}
