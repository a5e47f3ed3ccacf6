/** Places on the page that a number can lead to. */
export const STATUS_ANCHOR = 'status';
export const FINDINGS_ANCHOR = 'findings';
