import { readFileSync } from 'node:fs';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import { grouped } from '../report/status.ts';
import { outcomeText } from '../report/words.ts';
import { withHost } from '../with-host.ts';

export const logVerify: CliCommand = {
  name: 'log verify',
  summary: 'walk the chain of events and its signatures',
  description:
    'Recomputes the chain of events and checks what signs it. It proves tampering against any head that was lodged with ' +
    'somebody else: heads that were are compared. Exits 1 when an event does not hold. ' +
    'With --proof it checks what log prove has written, on any machine.',
  examples: [
    { does: 'Check the log', line: 'log verify' },
    { does: 'A proof, elsewhere', line: 'log verify --proof reel-3.proof.json --key archive.public.pem' },
    { does: 'Its head, to lodge with somebody else', line: 'log verify --json | jq -r .head' },
  ],
  define(command) {
    command
      .option('--proof <FILE>', 'check a proof that an archive handed out instead; no archive is needed')
      .option('--key <PUB>', 'with --proof: the public key that you trust, in PEM');
  },
  run: (invocation) => {
    const { options } = invocation;
    const [proof, key] = [options.text('proof'), options.text('key')];
    if ((proof === undefined) !== (key === undefined))
      throw new UsageError('A proof is checked with a key that you trust: --proof FILE --key PUBLIC.pem.');
    return proof === undefined || key === undefined
      ? verifyLog(invocation)
      : verifyProof(invocation, proof, key);
  },
};

async function verifyProof({ output, loadHost }: Invocation, proof: string, key: string): Promise<number> {
  const [text, pem] = [readText(proof), readText(key)];
  const { ok, reason, proven, names } = (await loadHost()).verifyProof(text, pem);
  output.json({
    ok,
    ...(reason === undefined ? {} : { reason }),
    ...(proven === undefined ? {} : { proven }),
    ...(names === undefined ? {} : { names }),
  });
  if (!ok || proven === undefined) {
    output.lines(`${output.style('The proof does not hold:', 'finding')} ${clean(reason ?? '')}.`);
    return EXIT.attention;
  }
  const { outcome, replica, sha256, at, event, head } = proven;
  output.lines(
    `The proof holds: ${event} of ${at} commits to copy ${replica} as ${outcomeText(outcome)}.`,
    ...(sha256 === undefined ? [] : [`Its SHA-256 was to be ${sha256}`]),
    `Covered by the log up to event ${head.seq} of ${head.at}. Head: ${grouped(head.hash)}`,
  );
  if (names !== undefined)
    output.lines(
      `The archive says of it, proven by nothing: ${clean(names.path.display)} in ${clean(names.location)}.`,
    );
  return EXIT.done;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}

function verifyLog(invocation: Invocation): Promise<number> {
  return withHost(invocation, 'read', async (client) => {
    const { output } = invocation;
    const { ok, events, head, firstBad, lodged } = await client.events.verify();
    output.json({
      ok,
      events,
      head,
      ...(firstBad === undefined ? {} : { firstBad }),
      ...(lodged === undefined ? {} : { lodged }),
    });
    const chain = counted(events, 'event');
    const broken = lodged?.broken ?? [];
    if (ok) output.lines(`The chain holds: ${chain} recomputed, each one following from the one before.`);
    else {
      const where = firstBad === undefined ? '' : ` Event ${firstBad.seq}: ${clean(firstBad.reason)}`;
      output.lines(`${output.style('The chain does not hold.', 'finding')} ${chain} recomputed.${where}`);
    }
    if (broken.length > 0) {
      output.lines('Heads that others hold and the log no longer has:');
      for (const { seq, head: hash, with: holder } of broken)
        output.lines(`  event ${seq}, with ${clean(holder)}: ${grouped(hash)}`);
    } else if (lodged !== undefined && lodged.heads > 0)
      output.lines(`It holds every one of the ${counted(lodged.heads, 'head')} that others were given.`);
    output.lines(`Head: ${grouped(head)}`);
    return ok ? EXIT.done : EXIT.attention;
  });
}
