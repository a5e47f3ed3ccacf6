/** A cue sheet as it was read: what it says of the files beside it. Frames are 1/75 s. */
export interface CueSheet {
  /** WHATWG name of the encoding that it was read in. */
  readonly encoding: string;
  readonly title?: string;
  readonly performer?: string;
  /** Media catalogue number: digits. */
  readonly catalogue?: string;
  /** REM lines, as [first word, rest]. */
  readonly remarks: readonly (readonly [string, string])[];
  readonly files: readonly CueFile[];
  /** What could not be used, line by line; the rest stands. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

export interface CueFile {
  /** As the sheet names it; may be a path of another machine. */
  readonly name: string;
  readonly tracks: readonly CueTrack[];
}

export interface CueTrack {
  /** 1 to 99. */
  readonly number: number;
  readonly title?: string;
  readonly performer?: string;
  /** Twelve characters, without hyphens. */
  readonly isrc?: string;
  /** INDEX 00, where it stands in the same file. */
  readonly gapFrame?: number;
  /** INDEX 01. */
  readonly startFrame: number;
  /** Where the next track of the file starts; absent for the last. */
  readonly endFrame?: number;
}
