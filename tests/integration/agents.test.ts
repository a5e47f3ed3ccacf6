/** People and institutions in the catalogue: what they hold and held, and what is left of one who is erased. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openReaderMethods, type ReaderMethods } from '../../electron/adapters/sqlite/reader/reader.ts';
import type { WriterMethods } from '../../electron/adapters/sqlite/writer/writer.ts';
import type { RoleSubjectRef } from '../../electron/core/ports/agents.ts';
import type { AgentRole } from '../../shared/domain/agent-role.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { tempFolder } from '../support/temp.ts';
import { agent as by, writtenCatalogue } from '../support/written-catalogue.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const archive: RoleSubjectRef = { kind: 'archive', id: 1 };
const accession: RoleSubjectRef = { kind: 'accession', id: 1 };

let path: string;
let writer: WriterMethods;
let reader: ReaderMethods;

beforeEach(() => {
  const catalogue = writtenCatalogue(tempFolder());
  ({ path, writer } = catalogue);
  const opened = catalogue.begin();
  catalogue.record(opened, 'box', [{ name: 'a.wav' }]);
  writer.closeAccession(opened.actId, 'done');
  reader = openReaderMethods(path, {});
  onTestFinished(() => {
    reader.close();
    try {
      writer.close();
    } catch {
      // Closed by the test itself.
    }
  });
});

function add(name: string, contact?: string): number {
  return writer.addAgent({ name, kind: 'person', ...(contact === undefined ? {} : { contact }) }, by);
}

function kindsOf(name: string): string[] {
  return rowsOf<{ kind: string }>(path, `SELECT kind FROM agents WHERE name = '${name}' ORDER BY id`).map(
    ({ kind }) => kind,
  );
}

function assign(agentId: number, role: AgentRole, of: RoleSubjectRef, since = TODAY, until?: string) {
  return writer.assignRole({ agentId, role, of, tenure: { since, until } }, by);
}

function code(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  return undefined;
}

describe('an agent', () => {
  it('who acts under the name of an organization is that organization; a new name is a person', () => {
    const id = writer.addAgent({ name: 'Radio archive', kind: 'organization' }, by);
    for (const name of ['Radio archive', 'Somebody new'])
      writer.addAgent({ name: `Added by ${name}`, kind: 'person' }, { ...by, name });
    expect(kindsOf('Radio archive')).toEqual(['organization']);
    expect(kindsOf('Somebody new')).toEqual(['person']);
    expect(reader.events({ limit: 10 }).rows.map(({ agent }) => agent)).toContain('Radio archive');
    expect(reader.agent(id, TODAY)).toMatchObject({ kind: 'organization' });
  });

  it('who acted under a name that turns out to be an organization is one agent, not two', () => {
    add('First', 'x@y.example');
    writer.addAgent({ name: 'Second', kind: 'person' }, { ...by, name: 'Sound library' });
    expect(kindsOf('Sound library')).toEqual(['person']);
    writer.addAgent({ name: 'Sound library', kind: 'organization' }, by);
    expect(kindsOf('Sound library')).toEqual(['organization']);
    // Of whom more was said stays who they are, and another is added.
    writer.addAgent({ name: 'Second', kind: 'organization' }, by);
    expect(kindsOf('Second')).toEqual(['person', 'organization']);
  });

  it('who acted is known by name already, and is given a contact by adding them', () => {
    const id = add(by.name, 'ada@sound.example');
    expect(reader.agent(id, TODAY)).toMatchObject({ name: by.name, contact: 'ada@sound.example' });
    expect(rowsOf(path, `SELECT id FROM agents WHERE name = '${by.name}'`)).toHaveLength(1);
    expect(code(() => add(by.name, 'other'))).toBe('BAD_INPUT');
    expect(code(() => add(by.name))).toBe('BAD_INPUT');
  });

  it('is renamed in everything they did, never to a name that is taken', () => {
    const id = add('Berta Blank');
    writer.renameAgent(id, 'Berta Bright', by);
    expect(reader.agent(id, TODAY)?.name).toBe('Berta Bright');
    expect(code(() => writer.renameAgent(id, by.name, by))).toBe('BAD_INPUT');
    expect(reader.verifyLog()).toMatchObject({ ok: true });
  });

  it('stands in lists by name, a page at a time, the program only where it is asked for', () => {
    for (const name of ['Cee', 'Bee', 'Dee']) add(name);
    const first = reader.agents({ limit: 2, all: false, today: TODAY });
    expect(first.rows.map(({ name }) => name)).toEqual(['Ada Kettle', 'Bee']);
    const second = reader.agents({ limit: 2, all: false, today: TODAY, cursor: first.next ?? '' });
    expect(second).toMatchObject({ rows: [{ name: 'Cee' }, { name: 'Dee' }], next: null });
    expect(reader.agents({ limit: 9, all: true, today: TODAY }).rows.map(({ kind }) => kind)).toContain(
      'software',
    );
  });
});

describe('a role', () => {
  it('is held, ends and stays on record', () => {
    const id = add('Berta');
    assign(id, 'responsible', archive, '2019');
    expect(reader.status(Date.now()).responsible).toEqual([{ id: `agent-${id}`, name: 'Berta' }]);
    writer.endRole({ agentId: id, role: 'responsible', of: archive, until: '2024-05' }, by);
    expect(reader.status(Date.now()).responsible).toEqual([]);
    expect(reader.agent(id, TODAY)?.roles).toMatchObject([
      { since: '2019', until: '2024-05', current: false },
    ]);
    expect(
      code(() => writer.endRole({ agentId: id, role: 'responsible', of: archive, until: TODAY }, by)),
    ).toBe('NOT_FOUND');
    expect(reader.verifyLog()).toMatchObject({ ok: true });
  });

  it('is not held twice at a time, and may be held again', () => {
    const id = add('Berta');
    assign(id, 'custodian', accession, '2019', '2021');
    expect(code(() => assign(id, 'custodian', accession, '2020'))).toBe('BAD_INPUT');
    assign(id, 'custodian', accession, '2022');
    expect(reader.agent(id, TODAY)?.roles.map(({ current }) => current)).toEqual([true, false]);
  });

  it('towards what is around it answers for what is in it, and the lack of a successor is told', () => {
    const berta = add('Berta');
    const facts = () => reader.entity('acc-1')?.facts;
    expect(facts()).not.toHaveProperty('responsible');
    assign(berta, 'responsible', archive);
    expect(facts()).toMatchObject({
      responsible: `Berta (agent-${berta}), by the archive Tapes`,
      takesOver: 'nobody is named yet',
    });
    const cee = add('Cee');
    assign(cee, 'responsible', accession);
    expect(facts()).toMatchObject({ responsible: `Cee (agent-${cee})` });
    expect(reader.status(Date.now())).toMatchObject({ successors: [], withoutSuccessor: 1 });
    assign(cee, 'successor', archive);
    expect(facts()).toMatchObject({ takesOver: `Cee (agent-${cee}), by the archive Tapes` });
    expect(reader.status(Date.now())).toMatchObject({ successors: [{ name: 'Cee' }], withoutSuccessor: 0 });
  });

  it('is for people and institutions', () => {
    const [program] = rowsOf<{ id: number }>(path, `SELECT id FROM agents WHERE kind = 'software'`);
    expect(code(() => assign(program?.id ?? 0, 'custodian', archive))).toBe('BAD_INPUT');
  });
});

describe('forgetting somebody', () => {
  const NAME = 'Zacharias Quillfeather';

  it('leaves a pseudonym and a log that verifies, and no word of them in the catalogue', () => {
    const id = add('Zach Q. Before', 'zq@quill.example');
    writer.renameAgent(id, NAME, by);
    assign(id, 'donor', accession, '2020');
    const before = rowsOf(path, 'SELECT seq, hex(hash) FROM events');
    expect(writer.forgetAgent(id, { mentions: false, dryRun: true }, by)).toMatchObject({ eventsErased: 3 });
    expect(reader.agent(id, TODAY)?.name).toBe(NAME);

    expect(writer.forgetAgent(id, { mentions: false, dryRun: false }, by)).toEqual({
      eventsErased: 3,
      eventsLeft: [],
      namedIn: [],
    });
    expect(reader.agent(id, TODAY)).toMatchObject({
      name: `forgotten agent ${id}`,
      roles: [{ role: 'donor', current: true }],
    });
    expect(reader.agent(id, TODAY)).not.toHaveProperty('contact');
    expect(reader.verifyLog()).toMatchObject({ ok: true });
    expect(rowsOf(path, 'SELECT seq, hex(hash) FROM events').slice(0, before.length)).toEqual(before);
    expect(code(() => writer.renameAgent(id, NAME, by))).toBe('BAD_INPUT');

    reader.close();
    writer.close();
    const bytes = readFileSync(path);
    for (const word of [NAME, 'Zach Q.', 'zq@quill']) expect(bytes.includes(word)).toBe(false);
    reader = openReaderMethods(path, {});
  });

  it('tells what others wrote of them, and erases the words of other events only where that is asked for', () => {
    const first = add(NAME);
    writer.saveTemplate('quill', { source: `${NAME}, by letter` }, by);
    writer.saveTemplate('other', { source: `${NAME}sson` }, by);
    const told = writer.forgetAgent(first, { mentions: false, dryRun: true }, by);
    expect(told.eventsLeft).toHaveLength(1);
    const [seq = 0] = told.eventsLeft;
    expect(writer.forgetAgent(first, { mentions: true, dryRun: false }, by)).toMatchObject({
      eventsErased: 2,
      eventsLeft: [],
    });
    expect(rowsOf(path, `SELECT event_seq FROM event_details WHERE event_seq = ${seq}`)).toEqual([]);
    expect(reader.verifyLog()).toMatchObject({ ok: true });
  });

  it('cannot be kept from happening by taking the pseudonym first', () => {
    const id = add(NAME);
    add(`forgotten agent ${id}`);
    writer.forgetAgent(id, { mentions: false, dryRun: false }, by);
    expect(reader.agent(id, TODAY)?.name).toBe(`forgotten agent ${id} (2)`);
  });
});

it('the log never holds a name', () => {
  const id = add('Zoltan Nevermore', 'zn@never.example');
  assign(id, 'successor', archive);
  const bodies = rowsOf<{ body: string }>(path, 'SELECT body FROM events').map(({ body }) => body);
  expect(bodies.join()).not.toMatch(/Nevermore|never\.example/);
  expect(bodies.join()).toContain('"role":"successor"');
});
