/** The standards that records of what is kept are handed out in. */
export const RECORD_FORMS = ['premis', 'mets', 'dublin-core', 'ebucore'] as const;
export type RecordForm = (typeof RECORD_FORMS)[number];

/** What Dublin Core is written as. */
export const DUBLIN_CORE_FILES = ['csv', 'xml'] as const;

/** As people call them. */
export const RECORD_FORM_NAMES: Readonly<Record<RecordForm, string>> = {
  premis: 'PREMIS 3.0',
  mets: 'METS 1.12',
  'dublin-core': 'Dublin Core',
  ebucore: 'EBUCore 1.8',
};
