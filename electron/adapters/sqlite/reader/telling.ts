import { TELL_NOBODY, type Telling } from '../../../../shared/domain/telling.ts';
import type { Connection } from '../connection.ts';
import { json } from './rows.ts';

export function telling(connection: Connection): Telling {
  const text = connection.sql<string>('SELECT telling FROM archive').pluck(true).get() ?? null;
  return { ...TELL_NOBODY, ...(json(text) as Partial<Telling> | undefined) };
}
