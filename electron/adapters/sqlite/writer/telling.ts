import { smtpAddress, type Telling } from '../../../../shared/domain/telling.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

/** Who is told is part of how an archive is looked after: a change is an event, which names people only where they can be erased. */
export function setTelling(context: WriterContext, telling: Telling, agent: ActingAgent): void {
  const { connection } = context;
  const before = connection.sql<string>('SELECT telling FROM archive').pluck(true).get();
  const after = JSON.stringify(telling);
  if (before === after) return;
  connection.sql('UPDATE archive SET telling = ?').run(after);
  const { mailTo, smtp, quietWhenWell } = telling;
  context.events.append({
    type: 'policy assignment',
    outcome: 'success',
    agentId: actorId(connection, agent.name),
    links: [{ kind: 'archive', id: 1 }],
    facts: { changed: ['telling'], mailed: mailTo.length, quietWhenWell },
    details: {
      note:
        mailTo.length === 0
          ? 'Nobody is told of scheduled runs by mail'
          : `Scheduled runs are told by mail to ${mailTo.join(', ')}${quietWhenWell ? ', unless all is well' : ''}`,
      mailTo: [...mailTo],
      ...(smtp === undefined ? {} : { smtp: smtpAddress(smtp) }),
    },
  });
}
