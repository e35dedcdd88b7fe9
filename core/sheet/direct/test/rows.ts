export const TAB = 'Katalog';
export const HEADER = [
  ...['SUBJECT_NAME', 'MATERIAL_TITLE', 'MATERIAL_DESC', 'MATERIAL_TYPE', 'MATERIAL_LEVEL'],
  ...['MATERIAL_THEME', 'MATERIAL_SUBTHEME', 'MATERIAL_URL', 'MATERIAL_ID', 'AI_SUMMARY'],
  ...['AI_STATUS', 'AI_SOURCE', 'UPDATED_AT', 'ARCHIVED_AT'],
];

/** The id of the row with this number. */
export function idOf(row: number): string {
  return `01980000-0000-7000-8000-${String(row).padStart(12, '0')}`;
}

export function aRow(title: string, description: string, id: string): string[] {
  return ['IPA', title, description, 'Video', 'Fase C', '', '', '', id, '', '', '', '', ''];
}
