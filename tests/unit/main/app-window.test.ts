import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { describe, expect, it } from 'vitest';
import { AppWindow } from '../../../electron/main/app-window.ts';
import type { Bounds } from '../../../electron/main/window-options.ts';

/** Writes down what is done to a window. */
class Recorder extends EventEmitter {
  readonly did: string[];
  isLoading = true;

  constructor(did: string[]) {
    super();
    this.did = did;
  }

  readonly webContents = {
    send: (channel: string, place: string) => this.did.push(`${channel} ${place}`),
    reload: () => this.did.push('reload'),
    isLoadingMainFrame: () => this.isLoading,
  };
  readonly loadURL = (url: string) => Promise.resolve(void this.did.push(`load ${url}`));
  readonly show = () => this.did.push('show');
  readonly focus = () => this.did.push('focus');
  readonly maximize = () => this.did.push('maximize');
  readonly isMinimized = () => false;
  readonly isMaximized = () => true;
  readonly setProgressBar = (share: number) => this.did.push(`progress ${share}`);
  readonly getNormalBounds = () => ({ x: 10, y: 20, width: 900, height: 700 });
}

function windowWith(kept?: unknown) {
  const did: string[] = [];
  const made: Recorder[] = [];
  const asked: Bounds[] = [];
  const memory = {
    value: { window: kept } as { window?: unknown },
    set: (change: { window: unknown }) => void (memory.value = change),
  };
  const window = new AppWindow({
    memory,
    make() {
      const recorder = new Recorder(did);
      made.push(recorder);
      return recorder as unknown as BrowserWindow;
    },
    options(bounds) {
      asked.push(bounds);
      return {};
    },
    displays: () => [{ x: 0, y: 0, width: 1920, height: 1080 }],
  });
  return { window, did, made, asked, memory };
}

describe('the window of the app', () => {
  it('is made once, at the place that is asked for, and shown when it is drawn', () => {
    const { window, did, made } = windowWith();
    window.go('/log');
    expect(did).toEqual(['load app://holdfast/log']);
    made[0]?.emit('ready-to-show');
    window.show();
    expect(made).toHaveLength(1);
    expect(did.slice(1)).toEqual(['show', 'show', 'focus']);
  });

  it('tells the page where to go once there is a page, and loads the place until then', () => {
    const { window, did, made } = windowWith();
    window.show();
    window.go('/locations');
    const [recorder] = made;
    if (recorder !== undefined) recorder.isLoading = false;
    window.go('/holdings/rep-12');
    expect(did.filter((each) => !/^(show|focus)$/.test(each))).toEqual([
      'load app://holdfast/overview',
      'load app://holdfast/locations',
      'holdfast:navigate /holdings/rep-12',
    ]);
  });

  it.each(['https://example.org/', '//example.org', '/../x', '/holdings?x=1', 'overview', ''])(
    'goes nowhere for %j',
    (place) => {
      const { window, did, made } = windowWith();
      window.go(place);
      expect([did, made]).toEqual([[], []]);
    },
  );

  it('stands where it stood when it was closed', () => {
    const { window, made, memory } = windowWith();
    window.show();
    made[0]?.emit('close');
    made[0]?.emit('closed');
    expect(window.current).toBeUndefined();
    const next = windowWith(memory.value.window);
    next.window.show();
    expect(next.asked).toEqual([{ x: 10, y: 20, width: 900, height: 700 }]);
    next.made[0]?.emit('ready-to-show');
    expect(next.did).toContain('maximize');
  });

  it('shows progress where it is shown itself', () => {
    const { window, did } = windowWith();
    window.setProgress(0.5);
    window.show();
    window.setProgress(0.5);
    window.setProgress(undefined);
    expect(did.slice(1)).toEqual(['progress 0.5', 'progress -1']);
  });
});
