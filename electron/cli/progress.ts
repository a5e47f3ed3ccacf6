/** How a job is getting on, on stderr: one line that renews itself on a terminal, a plain line now and then in a log. */
import type { JobProgress } from '../../shared/contract/jobs.ts';
import { capitalise, clean, widthOf } from './format/text.ts';
import { count, counted, duration, share, size } from './format/numbers.ts';
import type { Io } from './io.ts';

const LOG_EVERY_MS = 10_000;
const CLEAR = '\r\u001b[K';

export interface ProgressView {
  show(progress: JobProgress): void;
  /** Says something without breaking the bar. */
  note(text: string): void;
  end(): void;
}

export function progressView(io: Io, form: 'human' | 'json' | 'ndjson', quiet: boolean): ProgressView {
  if (quiet || (form !== 'human' && !io.errIsTerminal)) {
    return { show: () => undefined, note: (text) => io.err(`${text}\n`), end: () => undefined };
  }
  return io.errIsTerminal ? bar(io) : log(io);
}

function bar(io: Io): ProgressView {
  let drawn = false;
  const clear = (): void => {
    if (drawn) io.err(CLEAR);
    drawn = false;
  };
  return {
    show: (progress) => {
      // The last column is left free: some terminals wrap when it is written.
      io.err(CLEAR + progressLine(progress, io.errColumns() - 1));
      drawn = true;
    },
    note: (text) => {
      clear();
      io.err(`${text}\n`);
    },
    end: clear,
  };
}

function log(io: Io): ProgressView {
  let last = Date.now();
  return {
    show: (progress) => {
      const now = Date.now();
      if (now - last < LOG_EVERY_MS) return;
      last = now;
      io.err(`${progressLine(progress)}\n`);
    },
    note: (text) => io.err(`${text}\n`),
    end: () => undefined,
  };
}

/** What is said first is kept longest where the terminal is narrow. */
export function progressLine(progress: JobProgress, width = Infinity): string {
  const parts = [capitalise(clean(progress.phase)), amount(progress)];
  const { files, filesTotal, bytes, bytesTotal } = progress;
  if (progress.secondsLeft !== undefined) parts.push(`${duration(progress.secondsLeft)} left`);
  if (progress.problems > 0) parts.push(counted(progress.problems, 'problem'));
  if (progress.bytesPerSecond >= 1) parts.push(`${size(progress.bytesPerSecond)}/s`);
  else if (progress.filesPerSecond >= 1) parts.push(`${count(progress.filesPerSecond)} files/s`);
  if (bytesTotal !== undefined && bytesTotal > 0) {
    parts.push(`${size(bytes)} of ${size(bytesTotal)}`);
    parts.splice(1, 0, share(bytes, bytesTotal));
  } else {
    if (bytes > 0) parts.push(size(bytes));
    if (filesTotal !== undefined && filesTotal > 0) parts.splice(1, 0, share(files, filesTotal));
  }
  let line = '';
  for (const part of parts.filter((each) => each !== '')) {
    const longer = line === '' ? part : `${line}   ${part}`;
    if (widthOf(longer) > width) break;
    line = longer;
  }
  return line;
}

function amount({ files, filesTotal }: JobProgress): string {
  if (filesTotal !== undefined) return `${count(files)} of ${counted(filesTotal, 'file')}`;
  return files > 0 ? counted(files, 'file') : '';
}
