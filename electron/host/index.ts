export { createArchive } from './create-archive.ts';
export { defaultArchiveDir } from './default-archive.ts';
export { openHost, openSurveyor, type Host, type HostOptions } from './open-host.ts';
export { rebuildArchive } from './rebuild-archive.ts';
export { requireFolder } from './require-folder.ts';
export { version } from './version.ts';
