/** Pixels; data-table.module.css has the same. */
export const ROW = 32;
export const HEAD = 32;
