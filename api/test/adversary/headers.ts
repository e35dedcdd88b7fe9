/** The further column of the school. */
export const NOTE = 'Catatan Guru';

export const HEADER = [
  'SUBJECT_NAME',
  'MATERIAL_TITLE',
  'MATERIAL_DESC',
  'MATERIAL_TYPE',
  'MATERIAL_LEVEL',
  'MATERIAL_THEME',
  'MATERIAL_SUBTHEME',
  'MATERIAL_URL',
  'MATERIAL_ID',
  'AI_SUMMARY',
  'AI_STATUS',
  'AI_SOURCE',
  'UPDATED_AT',
  NOTE,
];

export const HEADER_TEXTS: ReadonlySet<string> = new Set(HEADER);

/** A name that people give a column instead of its own. */
export const RENAMED = { from: 'MATERIAL_THEME', to: 'Dinamai lain' };
