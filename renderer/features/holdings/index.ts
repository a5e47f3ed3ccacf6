/** What is held: the list with its collections, and everything about one thing. */
export { HoldingsPage } from './holdings-page.tsx';
export { holdingsSearch } from './holdings-search.ts';
