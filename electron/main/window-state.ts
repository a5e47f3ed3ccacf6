/** Where the window stood. Kept for this user; nothing is missed when it is gone. */
import type { Bounds } from './window-options.ts';

export interface WindowState extends Bounds {
  readonly isMaximized: boolean;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const FIRST = { width: 1280, height: 860, isMaximized: false } as const;
const LEAST = { width: 800, height: 600 } as const;
/** So much of it must be on a display that it can be taken hold of. */
const VISIBLE = 120;

/** The place that was kept, on the displays that are there now: a window on a screen that was unplugged must not be lost. */
export function restoredState(kept: unknown, displays: readonly Rectangle[]): WindowState {
  if (!isRectangle(kept)) return FIRST;
  const isMaximized = 'isMaximized' in kept && kept.isMaximized === true;
  const home = displays.find((display) => isReachable(kept, display));
  const room = home ?? displays[0];
  if (room === undefined) return FIRST;
  const width = clamp(kept.width, Math.min(LEAST.width, room.width), room.width);
  const height = clamp(kept.height, Math.min(LEAST.height, room.height), room.height);
  if (home === undefined) return { width, height, isMaximized };
  return {
    x: clamp(kept.x, home.x, home.x + home.width - width),
    y: clamp(kept.y, home.y, home.y + home.height - height),
    width,
    height,
    isMaximized,
  };
}

/** The title bar, of which enough must be seen. */
function isReachable(window: Rectangle, display: Rectangle): boolean {
  const across = Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x);
  return across >= VISIBLE && window.y >= display.y && window.y < display.y + display.height - VISIBLE;
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height } = value as Record<string, unknown>;
  return [x, y, width, height].every((each) => Number.isInteger(each) && Math.abs(each as number) < 100_000);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
