import type { Entity } from '../../../shared/contract/holdings.ts';
import type { ReplicaHistory } from '../../../shared/contract/replica-history.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { CliCommand } from '../command.ts';
import { EXIT, hasCode, UsageError } from '../errors.ts';
import type { Client } from '../host-port.ts';
import { collect } from '../options.ts';
import { pathFromBase64, pathFromWord } from '../paths.ts';
import { showEntity } from '../report/entity.ts';
import { showHistory } from '../report/replica-history.ts';
import { withHost } from '../with-host.ts';

export const show: CliCommand = {
  name: 'show',
  summary: 'everything about one thing',
  description:
    'Shows what is known of an item, a part, a file, an accession or a location: facts, copies and when they were verified, ' +
    'digests, identifiers and events. By id, by SHA-256, or by the path of a copy.',
  examples: [
    { does: 'By id', line: 'show item-12' },
    { does: 'By the path of a file', line: 'show ~/tapes/reel-3.wav' },
    { does: 'A file whose name is an id', line: 'show ./item-12' },
  ],
  define(command) {
    command
      .argument('[ID|PATH]', 'id, SHA-256, or path')
      .option('--path-base64 <B64>', 'a path as base64 of its bytes, for names that are not UTF-8', collect);
  },
  run: (invocation) => {
    const { words, options, output } = invocation;
    const base64 = options.list('pathBase64');
    const [word] = words;
    if (words.length + base64.length !== 1)
      throw new UsageError('Name one thing to show: an id, a SHA-256 or a path.');
    return withHost(invocation, 'read', async (client) => {
      const entity = word === undefined ? await at(client, base64[0] ?? '') : await find(client, word);
      const {
        kind,
        id,
        title,
        facts,
        parts,
        object,
        replicas,
        formerReplicas,
        identifiers,
        relations,
        tracks,
        events,
        description,
      } = entity;
      const digests = object?.digests ?? {};
      const history = kind === 'replica' ? await historyOf(client, id) : undefined;
      output.json({
        entity: { kind, id, title, facts },
        parts,
        object,
        digests,
        replicas,
        formerReplicas,
        identifiers,
        relations,
        tracks,
        events,
        description,
        history,
      });
      showEntity(output, entity);
      if (history !== undefined) showHistory(output, history);
      return EXIT.done;
    });
  },
};

/** A copy that custody has ended of has none. */
async function historyOf(client: Client, id: string): Promise<ReplicaHistory | undefined> {
  try {
    return await client.holdings.history({ id });
  } catch (error) {
    if (hasCode(error, 'NOT_FOUND')) return undefined;
    throw error;
  }
}

function at(client: Client, base64: string): Promise<Entity> {
  return client.holdings.show({ path: pathFromBase64(base64) });
}

async function find(client: Client, word: string): Promise<Entity> {
  if (parsePublicId(word) !== undefined || /^[0-9a-f]{64}$/i.test(word)) {
    return client.holdings.show({ id: word.toLowerCase() });
  }
  try {
    return await client.holdings.show({ path: pathFromWord(word) });
  } catch (error) {
    if (!hasCode(error, 'NOT_FOUND') || /[/\0]/.test(word)) throw error;
  }
  // Not a path: perhaps an accession's number.
  return client.holdings.show({ id: word });
}
