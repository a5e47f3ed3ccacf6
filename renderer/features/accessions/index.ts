export { AccessionsPage } from './accessions-page.tsx';
export { AccessionPage } from './accession-page.tsx';
export { NewAccessionPage } from './new-accession-page.tsx';
export { accessionsSearch, newAccessionSearch } from './search.ts';
