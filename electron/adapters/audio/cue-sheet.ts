/**
 * Cue sheets (as CDRWIN describes them and rippers write them): which tracks stand in which file, and where they begin. What is
 * damaged or hostile is a problem with its line, never a throw, and the rest stands.
 */
import type { CueFile, CueSheet, CueTrack } from '../../core/ports/cue-sheet.ts';
import { parseDiscTime } from '../../../shared/domain/disc-time.ts';
import type { FileProblem } from '../../core/ports/readings.ts';
import type { FileKind } from '../../../shared/domain/file-kind.ts';
import { bytesAt, type Content } from './content.ts';
import { decodeCue } from './cue-encoding.ts';
import { cleanText } from './found-tags.ts';

/** A sheet of 99 tracks is 10 kB. */
const MOST_BYTES = 256 * 1024;
const MOST_LINES = 20_000;
const MOST_WORD = 500;
const MOST_FILES = 200;
const MOST_TRACK = 99;
const MOST_REMARKS = 100;
const MOST_PROBLEMS = 50;
/** Said of a track or disc, and of no use here. */
const PASSED_OVER = new Set([
  'FLAGS',
  'SONGWRITER',
  'CDTEXTFILE',
  'POSTGAP',
  'PREGAP',
  'ARRANGER',
  'COMPOSER',
  'MESSAGE',
  'GENRE',
]);

interface OpenTrack {
  readonly line: number;
  readonly number: number;
  readonly isAudio: boolean;
  title?: string;
  performer?: string;
  isrc?: string;
  gap?: { readonly file: OpenFile | undefined; readonly frame: number };
  started: boolean;
}

interface OpenFile {
  readonly name: string;
  readonly starts: { readonly track: OpenTrack; readonly frame: number }[];
}

/**
 * Reads a file as a cue sheet where it is one: by the end of its name, and by its text. `kind` is what it was identified as; a
 * text that was taken for data is a sheet only where it tells of tracks.
 */
export function readCueSheet(
  content: Content,
  kind: FileKind,
  name: Uint8Array,
): { readonly cue?: CueSheet; readonly problems: readonly FileProblem[] } {
  const isNamed = /\.cue$/i.test(Buffer.from(name.subarray(-4)).toString('latin1'));
  if (!isNamed || (kind !== 'cue' && kind !== 'other') || content.size === 0) return { problems: [] };
  const cue = parseCueSheet(bytesAt(content, 0, Math.min(content.size, MOST_BYTES + 1)));
  const [first] = cue.problems;
  if (kind === 'other' && !cue.files.some(({ tracks }) => tracks.length > 0)) return { problems: [] };
  if (first === undefined) return { cue, problems: [] };
  const where = first.line === 0 ? '' : `line ${first.line}: `;
  return { cue, problems: [{ code: 'cue_damaged', detail: `${where}${first.message}` }] };
}

/**
 * Reads a sheet of any encoding; see `decodeCue`.
 * @testonly for what is no file
 */
export function parseCueSheet(bytes: Uint8Array): CueSheet {
  const { text, encoding } = decodeCue(bytes.subarray(0, MOST_BYTES));
  const reading = new SheetReading();
  if (bytes.length > MOST_BYTES)
    reading.problem(0, `It is longer than any cue sheet; only its first ${MOST_BYTES / 1024} KiB were read.`);
  const lines = text.split(/\r\n|\r|\n/, MOST_LINES);
  for (const [at, line] of lines.entries()) reading.line(at + 1, line);
  return reading.sheet(encoding);
}

class SheetReading {
  readonly #files: OpenFile[] = [];
  readonly #numbers = new Set<number>();
  readonly #remarks: [string, string][] = [];
  readonly #problems: { line: number; message: string }[] = [];
  readonly #disc: { title?: string; performer?: string; catalogue?: string } = {};
  #track: OpenTrack | undefined;

  problem(line: number, message: string): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push({ line, message });
  }

  line(at: number, raw: string): void {
    const match = /^\uFEFF?\s*(\S+)\s*(.*?)\s*$/s.exec(raw.slice(0, MOST_WORD * 4));
    if (match === null) return;
    const [, word = '', rest = ''] = match;
    const command = word.toUpperCase();
    switch (command) {
      case 'FILE':
        return this.#file(at, rest);
      case 'TRACK':
        return this.#newTrack(at, rest);
      case 'INDEX':
        return this.#index(at, rest);
      case 'TITLE':
      case 'PERFORMER':
        return this.#word(command === 'TITLE' ? 'title' : 'performer', unquoted(rest));
      case 'ISRC':
        return this.#isrc(at, unquoted(rest));
      case 'CATALOG':
        if (/^\d{12,13}$/.test(unquoted(rest))) this.#disc.catalogue = unquoted(rest);
        else this.problem(at, 'The catalogue number is not one of 13 digits.');
        return;
      case 'REM':
        return this.#remark(rest);
      default:
        if (!PASSED_OVER.has(command)) this.problem(at, `"${shown(word)}" is no command of a cue sheet.`);
    }
  }

  sheet(encoding: string): CueSheet {
    this.#endTrack();
    const files = this.#files.map((file) => this.#closed(file));
    if (!files.some(({ tracks }) => tracks.length > 0)) this.problem(0, 'It tells of no track.');
    const { title, performer, catalogue } = this.#disc;
    return {
      encoding,
      ...(title !== undefined && { title }),
      ...(performer !== undefined && { performer }),
      ...(catalogue !== undefined && { catalogue }),
      remarks: this.#remarks,
      files,
      problems: this.#problems,
    };
  }

  #file(at: number, rest: string): void {
    // Names may hold quotation marks: the last one closes.
    const match =
      /^"(.*)"\s*\S*$/s.exec(rest) ?? /^(.*?)(?:\s+(?:WAVE|MP3|AIFF|FLAC|BINARY|MOTOROLA))?$/is.exec(rest);
    const name = cleanText(match?.[1] ?? '', MOST_WORD).trim();
    if (name === '') return this.problem(at, 'A FILE without a name.');
    if (this.#files.length >= MOST_FILES) return this.problem(at, `More than ${MOST_FILES} files.`);
    this.#files.push({ name, starts: [] });
  }

  #newTrack(at: number, rest: string): void {
    this.#endTrack();
    const match = /^(\d{1,3})(?:\s+(\S+))?$/.exec(rest);
    const number = Number(match?.[1] ?? 0);
    // What follows belongs to it all the same, and not to the track before.
    this.#track = {
      line: at,
      number,
      isAudio: (match?.[2] ?? 'AUDIO').toUpperCase() === 'AUDIO',
      started: false,
    };
    if (number < 1 || number > MOST_TRACK)
      this.problem(at, `"${shown(rest)}" is no track from 1 to ${MOST_TRACK}.`);
    else if (this.#numbers.has(number)) this.problem(at, `Track ${number} stands here a second time.`);
    else {
      this.#numbers.add(number);
      return;
    }
    this.#track = { ...this.#track, number: 0 };
  }

  #index(at: number, rest: string): void {
    const match = /^(\d{1,2})\s+(\S+)$/.exec(rest);
    const frame = parseDiscTime(match?.[2] ?? '');
    const track = this.#track;
    const file = this.#files.at(-1);
    if (match === null || frame === undefined)
      return this.problem(at, `"${shown(rest)}" is no index with a time of minutes, seconds and frames.`);
    if (track === undefined) return this.problem(at, 'An INDEX before any TRACK.');
    const index = Number(match[1]);
    if (index === 0) track.gap ??= { file, frame };
    if (index !== 1 || track.number === 0) return;
    if (file === undefined) return this.problem(at, `Track ${track.number} stands in no FILE.`);
    if (track.started) return this.problem(at, `Track ${track.number} begins a second time.`);
    track.started = true;
    const last = file.starts.at(-1)?.frame ?? -1;
    if (frame <= last) this.problem(at, `Track ${track.number} begins before the one that it follows.`);
    file.starts.push({ track, frame });
  }

  #word(field: 'title' | 'performer', text: string): void {
    const kept = cleanText(text, MOST_WORD).trim();
    if (kept !== '') (this.#track ?? this.#disc)[field] = kept;
  }

  #isrc(at: number, text: string): void {
    const code = text.replace(/[\s-]/g, '').toUpperCase();
    // Drives answer with zeros for a track that has none.
    if (/^0*$/.test(code)) return;
    if (this.#track === undefined) return this.problem(at, 'An ISRC before any TRACK.');
    if (!/^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(code)) return this.problem(at, `"${shown(text)}" is no ISRC.`);
    this.#track.isrc = code;
  }

  #remark(rest: string): void {
    const [, key = '', value = ''] = /^(\S+)\s*(.*)$/s.exec(rest) ?? [];
    if (key === '' || this.#remarks.length >= MOST_REMARKS) return;
    this.#remarks.push([cleanText(key, 100), cleanText(unquoted(value), MOST_WORD)]);
  }

  #endTrack(): void {
    const track = this.#track;
    this.#track = undefined;
    if (track !== undefined && track.number > 0 && !track.started && track.isAudio)
      this.problem(track.line, `Track ${track.number} has no INDEX 01, so where it begins is not known.`);
  }

  #closed(file: OpenFile): CueFile {
    const inOrder = [...file.starts].sort((a, b) => a.frame - b.frame || a.track.number - b.track.number);
    const tracks = inOrder.flatMap(({ track, frame }, at): CueTrack[] => {
      if (!track.isAudio) return [];
      const next = inOrder[at + 1]?.frame;
      const { gap, title, performer, isrc } = track;
      return [
        {
          number: track.number,
          ...(title !== undefined && { title }),
          ...(performer !== undefined && { performer }),
          ...(isrc !== undefined && { isrc }),
          ...(gap?.file === file && gap.frame < frame && { gapFrame: gap.frame }),
          startFrame: frame,
          ...(next !== undefined && next > frame && { endFrame: next }),
        },
      ];
    });
    return { name: file.name, tracks };
  }
}

function unquoted(text: string): string {
  const quoted = /^"(.*)"$/s.exec(text);
  return (quoted?.[1] ?? text.replace(/^"/, '')).trim();
}

function shown(text: string): string {
  return cleanText(text, 60);
}
