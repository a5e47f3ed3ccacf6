/**
 * Where rows stand when there are more of them than a browser can scroll over. An element higher than some 16 million pixels is no
 * longer placed exactly (its offsets are 32-bit floats), and at 33 million Chromium stops. So beyond `LONGEST` the scroll bar
 * moves through a shorter space than the rows fill, and the two are kept apart: `top` is what the scroller says, `offset` the
 * pixels of rows above the first one seen.
 *
 * Small movements (wheel, touch) move the rows pixel by pixel. Large ones (the thumb, a click in the track) go to the place that
 * belongs to that `top`. When scrolling rests, `top` is put right for the `offset` that was reached; rows do not move by that, since
 * they are placed by `offset` alone.
 */

const LONGEST = 8_000_000;
/** Near both ends the two spaces are the same, so that the first and last rows come and go pixel by pixel. */
const SAME_AT_ENDS = 100_000;
/** Larger than what a wheel does in a frame, smaller than what a pixel of the thumb does in a space of `LONGEST`. */
const FINE = 1_500;

export interface ScrollSpace {
  /** What the rows fill, and what the scroller is told. */
  readonly total: number;
  readonly height: number;
  /** Pixels of rows that are seen at once. */
  readonly viewport: number;
}

export interface ScrollPlace {
  readonly top: number;
  readonly offset: number;
}

export function scrollSpace(rowCount: number, rowHeight: number, viewport: number): ScrollSpace {
  const total = rowCount * rowHeight;
  return { total, height: Math.min(total, LONGEST), viewport };
}

const mostTop = (space: ScrollSpace): number => Math.max(0, space.height - space.viewport);
export const mostOffset = (space: ScrollSpace): number => Math.max(0, space.total - space.viewport);
const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));

/**
 * The offset that belongs to a place of the scroll bar.
 * @testonly
 */
export function offsetAt(space: ScrollSpace, top: number): number {
  const [tops, offsets] = [mostTop(space), mostOffset(space)];
  const at = clamp(top, tops);
  if (tops === offsets) return at;
  if (at <= SAME_AT_ENDS) return at;
  if (at >= tops - SAME_AT_ENDS) return offsets - (tops - at);
  const scale = (offsets - 2 * SAME_AT_ENDS) / (tops - 2 * SAME_AT_ENDS);
  return SAME_AT_ENDS + (at - SAME_AT_ENDS) * scale;
}

/** The place of the scroll bar that belongs to an offset. */
export function topAt(space: ScrollSpace, offset: number): number {
  const [tops, offsets] = [mostTop(space), mostOffset(space)];
  const at = clamp(offset, offsets);
  if (tops === offsets || at <= SAME_AT_ENDS) return at;
  if (at >= offsets - SAME_AT_ENDS) return tops - (offsets - at);
  const scale = (tops - 2 * SAME_AT_ENDS) / (offsets - 2 * SAME_AT_ENDS);
  return SAME_AT_ENDS + (at - SAME_AT_ENDS) * scale;
}

/** Where the rows are once the scroller has come to `top`. */
export function scrolledTo(space: ScrollSpace, place: ScrollPlace, top: number): ScrollPlace {
  const moved = top - place.top;
  const isScaled = space.height < space.total;
  const offset =
    isScaled && Math.abs(moved) <= FINE
      ? clamp(place.offset + moved, mostOffset(space))
      : offsetAt(space, top);
  return { top, offset };
}

/** Whether the scroller has come to an end that the rows have not: it must be put right at once, or it could go no further. */
export function isStuck(space: ScrollSpace, { top, offset }: ScrollPlace): boolean {
  return (top <= 0 && offset > 0) || (top >= mostTop(space) && offset < mostOffset(space) - 0.5);
}

export interface RowRange {
  readonly first: number;
  /** The first that is not in it. */
  readonly end: number;
}

/** Rows to draw: those seen and some around them, in steps, so that most frames draw no new row. */
export function rowsAround(space: ScrollSpace, offset: number, rowHeight: number, step: number): RowRange {
  const count = Math.round(space.total / rowHeight);
  const first = Math.floor(offset / rowHeight / step) * step - step;
  const end = Math.ceil((offset + space.viewport) / rowHeight / step) * step + step;
  return { first: Math.min(Math.max(0, first), count), end: Math.min(count, Math.max(0, end)) };
}

/** The offset at which a row is wholly seen, moved no further than is needed. */
export function offsetShowing(space: ScrollSpace, offset: number, index: number, rowHeight: number): number {
  const top = index * rowHeight;
  if (top < offset) return clamp(top, mostOffset(space));
  if (top + rowHeight > offset + space.viewport)
    return clamp(top + rowHeight - space.viewport, mostOffset(space));
  return clamp(offset, mostOffset(space));
}
