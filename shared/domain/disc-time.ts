/** Times on a disc: minutes, seconds and frames (IEC 60908), 75 frames a second. */
export const FRAMES_PER_SECOND = 75;

/** Frames of `MM:SS:FF`; minutes may have more than two digits. Undefined for anything else. */
export function parseDiscTime(text: string): number | undefined {
  const match = /^(\d{1,4}):(\d{1,2}):(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [minutes, seconds, frames] = match.slice(1).map(Number) as [number, number, number];
  if (seconds > 59 || frames >= FRAMES_PER_SECOND) return undefined;
  return (minutes * 60 + seconds) * FRAMES_PER_SECOND + frames;
}

/** `MM:SS:FF`, as cue sheets write it. */
export function formatDiscTime(frames: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(frames / FRAMES_PER_SECOND);
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}:${two(frames % FRAMES_PER_SECOND)}`;
}
