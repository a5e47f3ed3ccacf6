import { createContext } from 'react';

/** Within rows of a table: nothing takes focus there, and hover shows plain titles, of which thousands cost nothing. */
export const DenseContext = createContext(false);
