import * as z from 'zod/v4-mini';
import { LEVELS, TEXT_FIELDS, trimmedText } from '../material/index.ts';
import { described } from './described.ts';

/** Counted in AI_SOURCE: what an older prompt analysed may be analysed again. */
export const PROMPT_VERSION = 'analysis-2';

/** The eight dimensions of the graduate profile (Permendikdasmen 10/2025, Pasal 4). */
export const DIMENSIONS = [
  'keimanan dan ketakwaan',
  'kewargaan',
  'penalaran kritis',
  'kreativitas',
  'kolaborasi',
  'kemandirian',
  'kesehatan',
  'komunikasi',
] as const;

/** Bloom's revised taxonomy: C1 remember, C2 understand, C3 apply, C4 analyse, C5 evaluate, C6 create. */
export const BLOOM_LEVELS = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'] as const;

/** L1 knowledge, L2 application, L3 reasoning. */
export const COGNITIVE_LEVELS = ['L1', 'L2', 'L3'] as const;

/** PG: one key. PGK (pilihan ganda kompleks): two keys or more. */
export const ITEM_FORMS = ['PG', 'PGK'] as const;

const text = (most: number, description?: string) =>
  described(trimmedText(most, 1), description ?? '');
const list = <Item extends z.ZodMiniType>(item: Item, most: number, description = '') =>
  described(z.array(item).check(z.maxLength(most)), description);

/** An id that only this answer uses: `e1`, `o2`, `q3`, `b`. */
const idSchema = text(8);
const evidenceIds = list(idSchema, 8, 'id bukti yang mendukungnya');

const evidenceSchema = z.object({
  id: described(idSchema, 'e1, e2, …'),
  field: described(z.enum(TEXT_FIELDS), 'bagian materi yang dikutip'),
  quote: text(600, 'kutipan persis dari materi, paling sedikit empat kata'),
  claim: text(400, 'satu pernyataan yang ditunjukkan oleh kutipan itu'),
});

const optionSchema = z.object({ id: idSchema, text: text(300), correct: z.boolean() });

const quizItemSchema = z.object({
  id: described(idSchema, 'q1, q2, …'),
  objective: described(idSchema, 'id tujuan yang diukur'),
  form: described(z.enum(ITEM_FORMS), 'PG satu kunci, PGK lebih dari satu kunci'),
  cognitive: z.enum(COGNITIVE_LEVELS),
  stem: text(600, 'pokok soal'),
  options: described(
    z.array(optionSchema).check(z.minLength(3), z.maxLength(5)),
    'tiga sampai lima pilihan yang kira-kira sama panjang',
  ),
  explanation: text(600, 'mengapa kunci itu benar'),
});

/**
 * The analysis that Gemini must return, in the order in which it writes. The quotes come first, so that the
 * conclusions follow from them. This schema is the only source: `responseSchemaOf` derives what Gemini gets.
 */
export const analysisSchema = z.object({
  evidence: list(evidenceSchema, 8, 'kutipan dahulu, kesimpulan kemudian'),
  status: described(
    z.enum(['lengkap', 'draf']),
    'draf jika materinya terlalu singkat; semua daftar di bawah lalu kosong',
  ),
  missing: list(text(200), 8, 'jika draf: yang belum ada dalam materi'),
  summary: z.object({
    teacher: text(1_200, 'satu sampai tiga kalimat untuk guru'),
    student: described(trimmedText(1_200), 'untuk murid, dengan kalimat pendek; kosong jika draf'),
  }),
  classification: z.object({
    subject: text(200, 'mata pelajaran'),
    level: described(z.enum(LEVELS), 'fase yang paling sesuai dengan isi materi'),
    alternatives: list(
      z.object({ level: z.enum(LEVELS), reason: text(400) }),
      3,
      'fase lain yang juga sesuai',
    ),
  }),
  cp: z._default(
    list(
      z.object({ id: text(40), evidence: evidenceIds }),
      6,
      'elemen Capaian Pembelajaran yang didukung bukti',
    ),
    [],
  ),
  objectives: list(
    z.object({
      id: described(idSchema, 'o1, o2, …'),
      text: text(400, 'Murid …, dengan kata kerja yang terukur'),
      bloom: z.enum(BLOOM_LEVELS),
      evidence: evidenceIds,
    }),
    5,
    'tujuan pembelajaran',
  ),
  profile: list(
    z.object({ dimension: z.enum(DIMENSIONS), evidence: evidenceIds }),
    3,
    'dimensi profil lulusan yang dilatih',
  ),
  keyConcepts: list(z.object({ term: text(120), meaning: text(400) }), 5, 'konsep kunci'),
  misconceptions: list(
    z.object({ misconception: text(400), correction: text(400) }),
    3,
    'salah paham yang sering terjadi, dan cara meluruskannya',
  ),
  quiz: list(quizItemSchema, 6, 'soal; setiap tujuan diukur paling sedikit satu soal'),
  differentiation: described(
    z.nullable(z.object({ support: text(400), core: text(400), extension: text(400) })),
    'kegiatan untuk tiga tingkat dukungan; null jika draf',
  ),
  safety: list(
    z.object({ hazard: text(300), precaution: text(400) }),
    5,
    'bahaya dalam kegiatan materi dan pencegahannya; kosong jika tidak ada',
  ),
});
export type Analysis = z.infer<typeof analysisSchema>;
