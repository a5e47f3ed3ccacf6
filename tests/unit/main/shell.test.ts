import { describe, expect, it } from 'vitest';
import type { FromHost, ToHost } from '../../../electron/main/host-messages.ts';
import { JobsAtWork } from '../../../electron/main/jobs-at-work.ts';
import type { Remembered } from '../../../electron/main/memory.ts';
import { Shell, type Question } from '../../../electron/main/shell.ts';

interface Port {
  close(): void;
}

/** A shell whose person answers questions with `answers`, one after the other. */
function shellWith({
  answers = [] as number[],
  remembered = {},
  chosen = undefined as string | undefined,
} = {}) {
  const log: string[] = [];
  const sent: ToHost[] = [];
  const questions: Question[] = [];
  let message: (message: FromHost) => void = () => undefined;
  let exit: () => void = () => undefined;
  const memory: { value: Remembered; set(change: object): void } = {
    value: remembered,
    set(change: object) {
      memory.value = { ...memory.value, ...change };
    },
  };
  const shell = new Shell<Port>({
    fork: () => ({
      postMessage(asked) {
        sent.push(asked);
        if (asked.type === 'close') exit();
      },
      on(event: string, listener: (value: never) => void) {
        if (event === 'message') message = listener as typeof message;
        else exit = listener as typeof exit;
      },
      kill: () => exit(),
    }),
    window: {
      show: () => log.push('show'),
      go: (place) => log.push(`go ${place}`),
      reload: () => log.push('reload'),
      setProgress: (share) => log.push(`progress ${String(share)}`),
    },
    memory,
    log: { useArchive: (path) => log.push(`log in ${path}`) },
    jobs: new JobsAtWork({ start: () => log.push('awake'), stop: () => log.push('may sleep') }),
    ask(question) {
      questions.push(question);
      return Promise.resolve(answers.shift() ?? question.cancel);
    },
    tell: (title) => log.push(`tell ${title}`),
    chooseFolder: () => Promise.resolve(chosen),
    isArchive: (path) => path.startsWith('/archives/'),
    refresh: () => undefined,
    exit: () => log.push('exit'),
  });
  const opened = (path: string): void => message({ type: 'opened', name: 'A', path, recent: [] });
  return {
    shell,
    log,
    sent,
    questions,
    memory,
    opened,
    say: (said: FromHost) => message(said),
    end: () => exit(),
  };
}

const RUNNING: FromHost = { type: 'jobs', running: [{ id: 'job-7', title: 'Audit of Vault' }] };

describe('the shell', () => {
  it('opens the archive of last time, hidden where login started it', async () => {
    const { shell, sent, log } = shellWith({ remembered: { archive: '/archives/a' } });
    await shell.start({ isHidden: true });
    expect(sent[0]).toEqual({ type: 'open', archive: '/archives/a', resume: [] });
    expect(log).not.toContain('show');
  });

  it('goes to the place of a link', async () => {
    const { shell, log } = shellWith();
    await shell.start({ isHidden: false, place: '/log' });
    expect(log.filter((each) => /^(show|go)/.test(each))).toEqual(['go /log']);
  });

  it('keeps the machine awake while jobs run, and only then', async () => {
    const { shell, log, say } = shellWith();
    await shell.start({ isHidden: true });
    log.length = 0;
    say(RUNNING);
    say(RUNNING);
    say({ type: 'jobs', running: [] });
    expect(log).toEqual(['awake', 'may sleep', 'progress undefined']);
  });

  it('ends without a question where no job runs', async () => {
    const { shell, log, questions } = shellWith();
    await shell.start({ isHidden: true });
    await shell.quit();
    expect(questions).toEqual([]);
    expect(log.at(-1)).toBe('exit');
  });

  it('asks before it ends while a job runs, and stays where the person says so', async () => {
    const { shell, sent, log, say, questions } = shellWith({ answers: [0] });
    await shell.start({ isHidden: true });
    say(RUNNING);
    await shell.quit();
    expect(questions[0]?.detail).toContain('Audit of Vault');
    expect(questions[0]?.cancel).toBe(0);
    expect(sent.map(({ type }) => type)).not.toContain('close');
    expect(log).not.toContain('exit');
    // The last window may have been closed to get here.
    expect(log.at(-1)).toBe('show');
  });

  it('remembers what it stops, and lets it go on at the next start, once', async () => {
    const first = shellWith({ answers: [1] });
    await first.shell.start({ isHidden: true });
    first.opened('/archives/a');
    first.say(RUNNING);
    await first.shell.quit();
    expect(first.log.at(-1)).toBe('exit');
    expect(first.memory.value.resume).toEqual({ archive: '/archives/a', jobs: ['job-7'] });

    const second = shellWith({ remembered: first.memory.value });
    await second.shell.start({ isHidden: true });
    expect(second.sent[0]).toEqual({ type: 'open', archive: '/archives/a', resume: ['job-7'] });
    expect(second.memory.value.resume).toBeUndefined();
  });

  it('resumes nothing in another archive', async () => {
    const { shell, sent } = shellWith({
      remembered: { resume: { archive: '/archives/a', jobs: ['job-7'] } },
    });
    await shell.start({ isHidden: true, archive: '/archives/b' });
    expect(sent[0]).toEqual({ type: 'open', archive: '/archives/b', resume: [] });
  });

  it('refuses a folder that is no archive, and leaves what is open alone', async () => {
    const { shell, sent } = shellWith();
    await shell.start({ isHidden: true });
    await expect(shell.openArchive('/music')).rejects.toThrow('/music is no archive');
    expect(sent).toHaveLength(1);
  });

  it('says that the host was started again, and resumes nothing by itself', async () => {
    const { shell, sent, log, opened, end } = shellWith();
    await shell.start({ isHidden: true });
    opened('/archives/a');
    end();
    expect(log.at(-1)).toBe('tell The archive was opened again');
    expect(sent.at(-1)).toEqual({ type: 'open', archive: '/archives/a', resume: [] });
  });

  it('says what to do when the host ends again and again, and opens another archive where one is chosen', async () => {
    const { shell, sent, opened, end, questions } = shellWith({ answers: [0], chosen: '/archives/b' });
    await shell.start({ isHidden: true });
    opened('/archives/a');
    for (let at = 0; at < 4; at += 1) end();
    await expect.poll(() => sent.at(-1)).toEqual({ type: 'open', archive: '/archives/b', resume: [] });
    expect(questions[0]?.detail).toContain('/archives/a');
  });

  it('tells why an archive was not opened, in the words of the host', async () => {
    const { shell, say, questions, log } = shellWith();
    await shell.start({ isHidden: true });
    say({ type: 'refused', code: 'ARCHIVE_HELD', message: 'Another process holds it.' });
    await expect.poll(() => log.at(-1)).toBe('exit');
    expect(questions[0]?.detail).toBe('Another process holds it.');
  });

  it('closes the line of a window where no archive is open', () => {
    const { shell } = shellWith();
    let isClosed = false;
    shell.connect({ close: () => (isClosed = true) });
    expect(isClosed).toBe(true);
  });
});
