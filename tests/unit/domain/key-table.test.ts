import { expect, it } from 'vitest';
import { KeyTable } from '../../../shared/domain/key-table.ts';

it('finds every key again, however many there are, and no other', () => {
  const table = new KeyTable();
  expect(table.get(Buffer.from('x'))).toBeUndefined();
  for (let n = 0; n < 20_000; n++) table.set(Buffer.from(`key ${n}`), n);
  table.set(Buffer.from('key 7'), 4_000_000_000);
  expect(table.size).toBe(20_000);
  for (let n = 0; n < 20_000; n++)
    expect(table.get(Buffer.from(`key ${n}`))).toBe(n === 7 ? 4_000_000_000 : n);
  expect(table.get(Buffer.from('key 20000'))).toBeUndefined();
  expect(table.get(Buffer.from('k'.repeat(5000)))).toBeUndefined();
});

it('lets a key be claimed once, and says what stands for it', () => {
  const table = new KeyTable();
  for (let n = 0; n < 1000; n++) expect(table.claim(Buffer.from(`key ${n}`), n)).toBeUndefined();
  for (let n = 0; n < 1000; n++) expect(table.claim(Buffer.from(`key ${n}`), 5000)).toBe(n);
  expect(table.get(Buffer.from('key 12'))).toBe(12);
  expect(table.size).toBe(1000);
});
