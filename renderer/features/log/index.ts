export { EventPage } from './event-page.tsx';
export { LogPage } from './log-page.tsx';
export { logSearch } from './log-search.ts';
