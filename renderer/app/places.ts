import {
  BookOpen,
  Disc3,
  HardDrive,
  Inbox,
  PackageOpen,
  ScrollText,
  Settings2,
  ShieldCheck,
  type LucideIcon,
} from 'lucide-react';

/** A place of the rail. `key` follows `g`; the name stands in the catalogue as `nav.<id>`. */
export interface Place {
  readonly id: string;
  readonly to: string;
  readonly icon: LucideIcon;
  readonly key: string;
}

/** What exists, in the order of the rail: a new capability is a line here and a route in router.tsx. */
export const PLACES = [
  { id: 'overview', to: '/overview', icon: BookOpen, key: 'o' },
  { id: 'holdings', to: '/holdings', icon: Disc3, key: 'h' },
  { id: 'accessions', to: '/accessions', icon: Inbox, key: 'a' },
  { id: 'fixity', to: '/fixity', icon: ShieldCheck, key: 'f' },
  { id: 'hand-outs', to: '/hand-outs', icon: PackageOpen, key: 'd' },
  { id: 'locations', to: '/locations', icon: HardDrive, key: 'l' },
  { id: 'log', to: '/log', icon: ScrollText, key: 'e' },
  { id: 'settings', to: '/settings', icon: Settings2, key: 's' },
] as const satisfies readonly Place[];
export type PlaceOfRail = (typeof PLACES)[number];
