/** Every word that the shell itself shows or speaks; the screens have a catalogue of their own. */
export const WORDS = {
  open: 'Open Holdfast',
  audit: 'Audit now',
  quit: 'Quit Holdfast',
  file: 'File',
  edit: 'Edit',
  go: 'Go',
  view: 'View',
  help: 'Help',
  newAccession: 'New accession',
  openArchive: 'Open archive…',
  recent: 'Open recent',
  noRecent: 'No other archive was opened',
  atLogin: 'Start at login',
  overview: 'Overview',
  holdings: 'Holdings',
  accessions: 'Accessions',
  fixity: 'Fixity',
  handOuts: 'Hand-outs',
  locations: 'Locations',
  log: 'Log',
  settings: 'Settings',
  about: 'About Holdfast',
  zoomReset: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  devTools: 'Developer tools',
  chooseArchive: 'Choose an archive',
  chooseAnother: 'Choose another archive…',
  tryAgain: 'Try again',
  notOpened: 'The archive was not opened',
  gaveUp: 'The archive was closed',
  gaveUpWhy: (logs: string): string =>
    'The part of Holdfast that keeps the archive ended four times within ten minutes, so it is not started again. ' +
    'What was recorded is safe; jobs that ran are paused and can be resumed. Try again, or start the computer anew first; ' +
    `what the program wrote before it ended is in ${logs}.`,
  restarted: 'The archive was opened again',
  restartedWhy:
    'The part of Holdfast that keeps the archive ended and was started again. Jobs that ran are paused; resume them when you like.',
  quitTitle: 'Quit while work is going on?',
  quitWhy: (titles: readonly string[]): string =>
    `${titles.join('\n')}\n\nIt is paused now and goes on the next time Holdfast is started. Nothing that was done is lost.`,
  quitAndResume: 'Quit and resume later',
  stay: 'Keep working',
  notArchive: (path: string): string =>
    `${path} is no archive: it has no archive.json. Choose the folder of an archive.`,
} as const;

/** One line for the tray. */
export function healthLine(
  health:
    | {
        readonly findings: number;
        readonly overdue: number;
        readonly awaiting: number;
        readonly replicas: number;
      }
    | undefined,
): string {
  if (health === undefined) return 'Holdfast: no archive is open';
  const { findings, overdue, awaiting, replicas } = health;
  if (findings > 0) return `Holdfast: ${count(findings, 'finding')} to look at`;
  if (overdue > 0) return `Holdfast: ${count(overdue, 'replica')} due for an audit`;
  if (awaiting > 0)
    return `Holdfast: ${count(replicas, 'replica')}, ${awaiting.toLocaleString('en')} not verified yet`;
  return replicas === 0
    ? 'Holdfast: nothing in custody yet'
    : `Holdfast: ${count(replicas, 'replica')} as recorded`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
