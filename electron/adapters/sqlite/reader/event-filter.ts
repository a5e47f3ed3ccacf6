import type { EventFilter } from '../../../../shared/contract/events.ts';
import type { SqlValue } from '../connection.ts';

/** A filter as conditions on an event `e`, and what only its words can tell. */
export interface EventTest {
  readonly where: readonly string[];
  readonly values: readonly SqlValue[];
  readonly passes: (note: string) => boolean;
}

export function eventTest(filter: EventFilter): EventTest {
  const where: string[] = [];
  const values: SqlValue[] = [];
  const and = (condition: string, value: SqlValue | undefined): void => {
    if (value === undefined) return;
    where.push(condition);
    values.push(value);
  };
  and('e.type = ?', filter.type);
  and('e.outcome = ?', filter.outcome);
  // Two agents may bear one name, and one agent several versions.
  and('e.agent_id IN (SELECT id FROM agents WHERE name = ?)', filter.agent);
  and('e.at >= ?', filter.since === undefined ? undefined : Date.parse(filter.since));
  and('e.at <= ?', filter.until === undefined ? undefined : Date.parse(filter.until));
  const words = (filter.text ?? '')
    .split(/\s+/)
    .map(folded)
    .filter((word) => word !== '');
  return {
    where,
    values,
    // In JavaScript: SQLite knows upper and lower case of ASCII only.
    passes: (note) => {
      if (words.length === 0) return true;
      const text = folded(note);
      return words.every((word) => text.includes(word));
    },
  };
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
