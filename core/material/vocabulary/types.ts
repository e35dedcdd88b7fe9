import { comparable, trimBlanks } from '../text.ts';
import { nameFinder } from './name.ts';

/** The types of the catalog, as drop-down lists show them. People may write other types. */
export const TYPES = [
  'Video',
  'Audio',
  'Modul',
  'Modul Ajar',
  'RPP',
  'Buku',
  'Artikel',
  'Lembar Kerja',
  'Presentasi',
  'Infografis',
  'Kuis',
  'Soal',
  'Asesmen',
  'Simulasi',
  'Permainan',
  'Praktikum',
  'Alat Peraga',
] as const;
export type MaterialType = (typeof TYPES)[number];

/**
 * What people also call a type. A name that says more than its type, such as `Asesmen Sumatif`, is no
 * other name. `Modul Ajar` is a teacher's plan, and `Modul` is a text for pupils.
 */
const OTHER_NAMES: Readonly<Record<MaterialType, readonly string[]>> = {
  Video: ['video pembelajaran', 'vidio', 'film'],
  Audio: ['rekaman suara', 'rekaman audio'],
  Modul: ['module', 'modul belajar', 'modul murid', 'modul siswa'],
  'Modul Ajar': ['teaching module'],
  RPP: ['rencana pelaksanaan pembelajaran', 'lesson plan'],
  Buku: ['book', 'ebook', 'e book', 'buku digital'],
  Artikel: ['article', 'bacaan', 'teks bacaan', 'bahan bacaan'],
  'Lembar Kerja': [
    'lk',
    'lkpd',
    'lks',
    'lkm',
    'lembar kerja peserta didik',
    'lembar kerja siswa',
    'lembar kerja murid',
    'lembar aktivitas',
    'worksheet',
  ],
  Presentasi: [
    'presentation',
    'ppt',
    'pptx',
    'power point',
    'powerpoint',
    'salindia',
    'slide',
    'slides',
    'slide presentasi',
    'bahan tayang',
  ],
  Infografis: ['infografik', 'infographic'],
  Kuis: ['quiz', 'kuis interaktif'],
  Soal: ['bank soal', 'latihan soal', 'soal latihan', 'kumpulan soal'],
  Asesmen: ['assessment', 'assesmen', 'asesment', 'penilaian'],
  Simulasi: ['simulation', 'simulasi interaktif'],
  Permainan: ['game', 'games', 'gim', 'permainan edukatif', 'game edukasi'],
  Praktikum: ['panduan praktikum', 'petunjuk praktikum', 'lab'],
  'Alat Peraga': ['media peraga', 'peraga'],
};

const typeNamed = nameFinder(TYPES.map((type) => [type, OTHER_NAMES[type]] as const));

/** The type under its catalog name. An unknown type stays as written, trimmed. */
export function typeOf(text: string): string {
  return typeNamed(text) ?? trimBlanks(comparable(text));
}

/** Whether a text is a type of the vocabulary, under any of its names. */
export function isKnownType(text: string): boolean {
  return typeNamed(text) !== undefined;
}
