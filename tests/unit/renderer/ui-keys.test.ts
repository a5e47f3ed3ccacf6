import { describe, expect, it } from 'vitest';
import { ancestorsOf, treeMove, visibleRows } from '../../../renderer/ui/layout/tree-model.ts';
import { isHotkey } from '../../../renderer/ui/util/hotkeys.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('keys as they are written', () => {
  it('mean Ctrl here and ⌘ on a Mac', () => {
    expect(isHotkey(press('k', { ctrlKey: true }), 'mod+k', false)).toBe(true);
    expect(isHotkey(press('k', { ctrlKey: true }), 'mod+k', true)).toBe(false);
    expect(isHotkey(press('K', { metaKey: true }), 'mod+k', true)).toBe(true);
    expect(isHotkey(press('k', { ctrlKey: true, shiftKey: true }), 'mod+k', false)).toBe(false);
  });

  it('leave Shift free for signs, which some keyboards need it for', () => {
    expect(isHotkey(press('?', { shiftKey: true }), '?', false)).toBe(true);
    expect(isHotkey(press('/', { shiftKey: true }), '/', false)).toBe(true);
    expect(isHotkey(press('J', { shiftKey: true }), 'j', false)).toBe(false);
    expect(isHotkey(press('Escape'), 'esc', false)).toBe(true);
    expect(isHotkey(press('F10', { shiftKey: true }), 'shift+f10', false)).toBe(true);
  });
});

describe('a tree', () => {
  const nodes = [
    { id: 'a', label: 'A', children: [{ id: 'b', label: 'B', children: [{ id: 'c', label: 'C' }] }] },
    { id: 'd', label: 'D' },
  ];

  it('shows what is open, and knows who stands above', () => {
    expect(visibleRows(nodes, new Set(['a'])).map((row) => `${row.level}${row.node.id}`)).toEqual([
      '1a',
      '2b',
      '1d',
    ]);
    expect(visibleRows(nodes, new Set(['b'])).map((row) => row.node.id)).toEqual(['a', 'd']);
    expect(ancestorsOf(nodes, 'c')).toEqual(['b', 'a']);
    expect(ancestorsOf(nodes, 'd')).toEqual([]);
  });

  it('opens, enters, closes and leaves branches by arrow keys', () => {
    const closed = visibleRows(nodes, new Set());
    expect(treeMove(closed, 0, 'ArrowRight')).toEqual({ open: 'a' });
    const open = visibleRows(nodes, new Set(['a', 'b']));
    expect(treeMove(open, 0, 'ArrowRight')).toEqual({ to: 1 });
    expect(treeMove(open, 2, 'ArrowLeft')).toEqual({ to: 1 });
    expect(treeMove(open, 1, 'ArrowLeft')).toEqual({ close: 'b' });
    expect(treeMove(open, 3, 'ArrowDown')).toEqual({ to: 3 });
    expect(treeMove(open, 3, 'ArrowLeft')).toBeUndefined();
  });
});
