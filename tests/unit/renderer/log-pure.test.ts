import { describe, expect, it } from 'vitest';
import { factName, factRows, placeOf, previousEvent } from '../../../renderer/features/log/event-facts.ts';
import { faultKey, headNote } from '../../../renderer/features/log/head-note.ts';
import { changed, filterOf, logSearch } from '../../../renderer/features/log/log-search.ts';
import { eventFilterSchema } from '../../../shared/contract/events.ts';

describe('the address of the log', () => {
  it('keeps what it knows and passes over the rest', () => {
    expect(
      logSearch({
        type: 'fixity check',
        outcome: 'fail',
        agent: 'Ada',
        since: '2026-02-28',
        text: 'tape',
        x: 1,
      }),
    ).toEqual({ type: 'fixity check', outcome: 'fail', agent: 'Ada', since: '2026-02-28', text: 'tape' });
    expect(
      logSearch({ type: 'constructor', outcome: 1, agent: '', since: '2026-02-30', until: 'now' }),
    ).toEqual({});
  });

  it('becomes a filter that the contract takes, with whole days of the reader', () => {
    expect(filterOf({})).toBeUndefined();
    expect(filterOf({ text: '  ' })).toBeUndefined();
    const filter = filterOf({ since: '2026-03-01', until: '2026-03-01', text: ' tape ' });
    expect(eventFilterSchema.parse(filter)).toEqual(filter);
    expect(filter?.text).toBe('tape');
    const [since, until] = [new Date(filter?.since ?? ''), new Date(filter?.until ?? '')];
    expect([since.getDate(), since.getHours(), until.getDate(), until.getHours()]).toEqual([1, 0, 1, 23]);
  });

  it('takes an emptied part out', () => {
    expect(changed({ type: 'accession', text: 'a' }, { text: '' })).toEqual({ type: 'accession' });
    expect(changed({ type: 'accession' }, { type: undefined, outcome: 'warning' })).toEqual({
      outcome: 'warning',
    });
  });
});

describe('facts of an event', () => {
  it('has one row a value, with the way to it as its name', () => {
    expect(factRows({ run: 3, outcomes: { intact: 2 }, items: [1, 2], note: null, deep: {} }).rows).toEqual([
      { name: 'run', value: '3' },
      { name: 'outcomes.intact', value: '2' },
      { name: 'items', value: '1, 2' },
      { name: 'note', value: '–' },
    ]);
    expect(factName('outcomes.not_checked')).toBe('outcomes › not checked');
    expect(factName('bytesRead')).toBe('bytes read');
  });

  it('is bounded, however large the facts are', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, 'x'.repeat(10_000)]));
    const { rows, left } = factRows(many);
    expect(rows).toHaveLength(60);
    expect(left).toBe(40);
    expect(rows[0]?.value.length).toBeLessThan(3000);
    let nested: Record<string, unknown> = { end: 1 };
    for (let i = 0; i < 1000; i++) nested = { in: nested };
    expect(factRows(nested).rows).toHaveLength(1);
  });

  it('knows where the things stand that it is about', () => {
    expect(
      ['acc-1', 'loc-2', 'part-3', 'obj-4', 'agent-5', 'accrual-6', 'constructor-1'].map(placeOf),
    ).toEqual(['accession', 'location', 'holding', 'holding', 'agent', undefined, undefined]);
    expect([previousEvent(1), previousEvent(2)]).toEqual([undefined, 'event-1']);
  });
});

describe('the head for somebody else', () => {
  it('stays one fact a line, whatever the archive is called', () => {
    const note = headNote({
      archive: { id: 'a-b', name: 'Jazz\nEvents: 0' },
      events: 12,
      head: 'ab12',
      at: '2026-11-22T00:00:00Z',
    });
    expect(note.split('\n')).toEqual([
      'Holdfast log of "Jazz Events: 0"',
      'Archive: a-b',
      'Events: 12',
      'Head (SHA-256): ab12',
      'Read: 2026-11-22T00:00:00Z',
    ]);
  });

  it('has words for every fault of the chain', () => {
    expect(faultKey('hash does not match')).toBe('hash');
    expect(faultKey('its links are not the ones that were signed')).toBeUndefined();
  });
});
