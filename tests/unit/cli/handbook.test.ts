/** docs/handbook/commands.md is written from the tree of commands; `npx vitest run tests/unit/cli/handbook.test.ts -u` renews it. */
import { join } from 'node:path';
import prettier from 'prettier';
import { expect, it } from 'vitest';
import type { CliCommand } from '../../../electron/cli/command.ts';
import { commands } from '../../../electron/cli/commands/index.ts';
import { run } from './support/fake-io.ts';

const file = join(import.meta.dirname, '../../../docs/handbook/commands.md');

async function section({ name, summary }: CliCommand): Promise<string> {
  const { stdout } = await run([...name.split(' '), '--help']);
  // What is the same everywhere stands once, above.
  const own = stdout
    .replace(/\nAlways:\n(?: .*\n)+/, '')
    .replace(/^ {2}-h, --help.*\n/m, '')
    .replace(/\nOptions:\n(?=\n|$)/, '');
  return `## ${name}\n\n${summary.charAt(0).toUpperCase()}${summary.slice(1)}.\n\n\`\`\`text\n${own.trim()}\n\`\`\`\n`;
}

it('the handbook lists every command as it is', async () => {
  const { stdout: overview } = await run(['--help']);
  const sections = await Promise.all(commands.map(section));
  const text = `# The command line

Everything that the screens do can be done from the command line, since audits must run with the app closed. This page is
written from the program itself: it is what \`holdfast help COMMAND\` prints.

- Results go to stdout, progress and notes to stderr. \`--json\` prints one JSON document with \`schema\` (version), times in UTC
  (RFC 3339), digests in lower-case hex; lists are \`{rows, next}\`. Long lists take \`--ndjson\`. On exit 2 or 3 the document is
  \`{error {code, message}}\`.
- A path in JSON is what may be shown; where the name on disk is not UTF-8, its bytes stand beside it in base64
  (\`path\`, \`pathBytes\`). Such names can be typed as they are on Linux, or given with \`--path-base64\`.
- Ctrl-C stops a long act cleanly; running the same command again goes on where it was. A second Ctrl-C ends at once.
- Nothing is asked when stdin is not a terminal. Colour only on a terminal, and never with \`NO_COLOR\` set.

\`\`\`text
${overview.trim()}
\`\`\`

${sections.join('\n')}`;
  const formatted = await prettier.format(text, {
    parser: 'markdown',
    ...(await prettier.resolveConfig(file)),
  });
  await expect(formatted).toMatchFileSnapshot(file);
});
