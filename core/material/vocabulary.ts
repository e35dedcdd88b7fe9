import { comparable, foldCase, trimBlanks } from './text.ts';

/** The phases of Kurikulum Merdeka: A classes 1-2, B 3-4, C 5-6, D 7-9, E 10, F 11-12 (BSKAP 046/H/KR/2025). */
export const LEVELS = ['Fase A', 'Fase B', 'Fase C', 'Fase D', 'Fase E', 'Fase F'] as const;
export type Level = (typeof LEVELS)[number];

export const TYPES = [
  'Video',
  'Modul',
  'Lembar Kerja',
  'Presentasi',
  'Kuis',
  'Artikel',
  'Simulasi',
] as const;

const LEVEL_OF_CLASS: readonly Level[] = [
  'Fase A',
  'Fase A',
  'Fase B',
  'Fase B',
  'Fase C',
  'Fase C',
  'Fase D',
  'Fase D',
  'Fase D',
  'Fase E',
  'Fase F',
  'Fase F',
];

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

/**
 * Finds the phase that a person's text means. Example: `Fase B`, `fase b`, `B`, `Kelas IV`, `4` and `kelas
 * 4 SD` are `Fase B`.
 */
export function levelOf(text: string): Level | undefined {
  const match =
    /^(?:(?:fase |phase )?([a-f])|(?:(?:kelas|class|grade|tingkat) )?(\d{1,2}|[ivx]+)(?: (?:sd|smp|sma|smk|mi|mts|ma))?)$/.exec(
      foldCase(text),
    );
  if (match?.[1] !== undefined) {
    return LEVELS.find((level) => level.toLowerCase().endsWith(match[1] ?? ''));
  }
  const classText = match?.[2] ?? '';
  const schoolClass = /^\d+$/.test(classText) ? Number(classText) : ROMAN.indexOf(classText) + 1;
  return LEVEL_OF_CLASS[schoolClass - 1];
}

/** Each subject as it is written in the catalog, with what teachers also call it. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  Matematika: ['mtk', 'mat', 'math', 'mathematics'],
  'Bahasa Indonesia': ['b indonesia', 'b. indonesia', 'bindo', 'indonesian'],
  'Bahasa Inggris': ['b inggris', 'b. inggris', 'bing', 'english'],
  IPA: ['ilmu pengetahuan alam', 'sains', 'science'],
  IPS: ['ilmu pengetahuan sosial', 'social studies'],
  IPAS: ['ilmu pengetahuan alam dan sosial'],
  Fisika: ['physics'],
  Kimia: ['chemistry'],
  Biologi: ['biology'],
  Informatika: ['tik', 'informatics'],
  'Pendidikan Pancasila': ['ppkn', 'pkn', 'pancasila'],
  'Seni Budaya': ['seni', 'arts'],
  PJOK: ['penjas', 'penjaskes', 'olahraga', 'physical education'],
};

const SUBJECT_BY_NAME = new Map(
  Object.entries(SUBJECTS).flatMap(([subject, names]) =>
    [subject, ...names].map((name) => [foldCase(name), subject] as const),
  ),
);

/** The subject under its catalog name. An unknown subject stays as written, trimmed. */
export function subjectOf(text: string): string {
  return SUBJECT_BY_NAME.get(foldCase(text)) ?? trimBlanks(text);
}

/** Whether a text is a subject of the vocabulary, under any of its names. */
export function isKnownSubject(text: string): boolean {
  return SUBJECT_BY_NAME.has(foldCase(text));
}

const TYPE_BY_NAME = new Map<string, (typeof TYPES)[number]>([
  ...TYPES.map((type) => [foldCase(type), type] as const),
  ['lkpd', 'Lembar Kerja'],
  ['worksheet', 'Lembar Kerja'],
  ['salindia', 'Presentasi'],
  ['slide', 'Presentasi'],
  ['presentation', 'Presentasi'],
  ['quiz', 'Kuis'],
  ['bacaan', 'Artikel'],
  ['article', 'Artikel'],
  ['module', 'Modul'],
  ['simulation', 'Simulasi'],
]);

/** The type under its catalog name. An unknown type stays as written, trimmed. */
export function typeOf(text: string): string {
  return TYPE_BY_NAME.get(foldCase(text)) ?? trimBlanks(comparable(text));
}
