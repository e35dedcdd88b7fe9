/** The text a teacher writes: what is analysed, and what a changed hash of means "analyse again". */
export const TEXT_FIELDS = [
  'subject',
  'title',
  'description',
  'type',
  'level',
  'theme',
  'subtheme',
] as const;

/** The columns that only the portal writes. */
export const AI_FIELDS = ['aiSummary', 'aiStatus', 'aiSource'] as const;

/** Fields that people edit, in the sheet or in the portal. */
export const EDITABLE_FIELDS = [...TEXT_FIELDS, 'url'] as const;

/**
 * A change of one of these gives the material a new revision. Of these, `archivedAt` is in no form: people
 * type it into the sheet, and the portal writes it by the routes `archive` and `restore`.
 */
export const REVISED_FIELDS = [...EDITABLE_FIELDS, 'archivedAt'] as const;

/** The fields that are in the sheet and in the portal. A change in one of them is written to the other. */
export const MERGED_FIELDS = [...REVISED_FIELDS, ...AI_FIELDS] as const;

/** All fields. Each has one column. Any further column is metadata. */
export const FIELDS = [...EDITABLE_FIELDS, 'id', ...AI_FIELDS, 'updatedAt', 'archivedAt'] as const;

export type TextField = (typeof TEXT_FIELDS)[number];
export type MergedField = (typeof MERGED_FIELDS)[number];
export type Field = (typeof FIELDS)[number];

/** An object with a value for each of the fields. */
export function byField<F extends Field, V>(
  fields: readonly F[],
  valueOf: (field: F) => V,
): Record<F, V> {
  return Object.fromEntries(fields.map((field) => [field, valueOf(field)])) as Record<F, V>;
}

interface Column {
  /** The header the portal writes. */
  readonly header: string;
  /** Other headers that mean the same, in Indonesian and English. */
  readonly aliases: readonly string[];
  /** The portal adds this column itself where it is missing; without any other, sync stops. */
  readonly added: boolean;
}

export const COLUMNS: Readonly<Record<Field, Column>> = {
  subject: {
    header: 'SUBJECT_NAME',
    aliases: ['Subject', 'Mata Pelajaran', 'Mapel', 'Nama Mata Pelajaran'],
    added: false,
  },
  title: {
    header: 'MATERIAL_TITLE',
    aliases: ['Title', 'Judul', 'Judul Materi', 'Nama Materi'],
    added: false,
  },
  description: {
    header: 'MATERIAL_DESC',
    aliases: ['Material Description', 'Description', 'Deskripsi', 'Deskripsi Materi', 'Keterangan'],
    added: false,
  },
  type: {
    header: 'MATERIAL_TYPE',
    aliases: ['Type', 'Jenis', 'Jenis Materi', 'Tipe', 'Tipe Materi'],
    added: false,
  },
  level: {
    header: 'MATERIAL_LEVEL',
    aliases: ['Level', 'Fase', 'Kelas', 'Jenjang', 'Tingkat'],
    added: false,
  },
  theme: { header: 'MATERIAL_THEME', aliases: ['Theme', 'Tema'], added: false },
  subtheme: {
    header: 'MATERIAL_SUBTHEME',
    aliases: ['Subtheme', 'Sub Theme', 'Subtema', 'Sub Tema'],
    added: false,
  },
  url: {
    header: 'MATERIAL_URL',
    aliases: ['URL', 'Link', 'Tautan', 'Tautan Materi'],
    added: true,
  },
  id: { header: 'MATERIAL_ID', aliases: ['ID Materi'], added: true },
  aiSummary: { header: 'AI_SUMMARY', aliases: [], added: true },
  aiStatus: { header: 'AI_STATUS', aliases: [], added: true },
  aiSource: { header: 'AI_SOURCE', aliases: [], added: true },
  updatedAt: { header: 'UPDATED_AT', aliases: [], added: true },
  archivedAt: { header: 'ARCHIVED_AT', aliases: [], added: true },
};
