/**
 * Writes electron/adapters/sqlite/schema.sql, the schema as the migrations make it, for people to read; `--check` compares
 * instead. Both refuse migrations with a gap in their numbers, and one that landed and was altered afterwards: catalogues
 * in the field have run it as it was. Checksums of landed migrations stand in migrations/checksums.json.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { migrations } from '../electron/adapters/sqlite/migrations/index.ts';
import { migrateCatalogue } from '../electron/adapters/sqlite/migrate.ts';
import { readableSchema } from '../electron/adapters/sqlite/schema-text.ts';

const folder = join(import.meta.dirname, '../electron/adapters/sqlite');
const schemaPath = join(folder, 'schema.sql');
const checksumsPath = join(folder, 'migrations/checksums.json');
const check = process.argv.includes('--check');
const faults: string[] = [];

for (const [index, { version, name }] of migrations.entries()) {
  if (version !== index + 1) faults.push(`migration "${name}" is number ${version}; ${index + 1} is next`);
  const file = `${String(version).padStart(4, '0')}-${name}.ts`;
  if (!existsSync(join(folder, 'migrations', file)))
    faults.push(`migration ${version} should stand in ${file}`);
}
const files = globSync('[0-9]*.ts', { cwd: join(folder, 'migrations') });
if (files.length !== migrations.length)
  faults.push(
    `${files.length} migration files, ${migrations.length} listed in index.ts: ${files.map((file) => basename(file)).join(', ')}`,
  );

const landed = existsSync(checksumsPath)
  ? (JSON.parse(readFileSync(checksumsPath, 'utf8')) as Record<string, string>)
  : {};
const checksums = Object.fromEntries(
  migrations.map(({ version, sql }) => [String(version), createHash('sha256').update(sql).digest('hex')]),
);
for (const [version, checksum] of Object.entries(landed)) {
  if (checksums[version] === checksum) continue;
  faults.push(
    `migration ${version} was altered after it landed. Undo that, and make the change in a new migration. (Before the first ` +
      'release only: remove its line from checksums.json and run `npm run schema`.)',
  );
}

const temp = mkdtempSync(join(tmpdir(), 'holdfast-schema-'));
let schema = '';
try {
  const path = join(temp, 'catalogue.sqlite');
  migrateCatalogue(path);
  schema = readableSchema(path, migrations);
} finally {
  rmSync(temp, { recursive: true, force: true });
}

if (check) {
  const missing = Object.keys(checksums).filter((version) => !(version in landed));
  if (missing.length > 0)
    faults.push(`no checksum of migration ${missing.join(', ')}: run \`npm run schema\``);
  const current = existsSync(schemaPath) ? readFileSync(schemaPath, 'utf8') : '';
  if (current !== schema) faults.push('schema.sql is not what the migrations make: run `npm run schema`');
} else if (faults.length === 0) {
  writeFileSync(schemaPath, schema);
  writeFileSync(checksumsPath, `${JSON.stringify(checksums, undefined, 2)}\n`);
}
for (const fault of faults) console.error(fault);
if (faults.length === 0)
  console.log(`${migrations.length} migrations, schema.sql ${check ? 'agrees' : 'written'}`);
process.exitCode = faults.length > 0 ? 1 : 0;
