export { FixityPage } from './fixity-page.tsx';
