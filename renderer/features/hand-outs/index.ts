export { HandOutsPage } from './hand-outs-page.tsx';
