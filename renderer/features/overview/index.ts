export { FirstRun } from './first-run.tsx';
export { OverviewPage } from './overview-page.tsx';
