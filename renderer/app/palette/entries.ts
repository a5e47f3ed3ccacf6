import type { LucideIcon } from 'lucide-react';

/** One line of the palette. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  /** What it is, or where it stands. */
  readonly detail?: string;
  /** Other words under which it is found. */
  readonly words?: string;
  readonly icon: LucideIcon;
  run(): void;
}

export interface EntryGroup {
  readonly id: 'recordings' | 'places' | 'commands';
  readonly entries: readonly Entry[];
}
