import { trimBlanks } from '../../core/material/index.ts';
import { difficultyOf, levelOf, type Difficulty } from './level.ts';
import type { Material } from './written/material.ts';
import { inSentence, phrasesOf, sentencesOf, upTo } from './words.ts';
import { writtenFor, type Evidence } from './written/index.ts';

/** The analysis of a material by plain rules. The same material always gives the same analysis. */
export interface Found {
  readonly summary: string;
  readonly keywords: readonly string[];
  readonly objectives: readonly string[];
  readonly level: string;
  readonly difficulty: Difficulty;
  readonly evidence: readonly Evidence[];
}

/** Every summary ends with it, so that no reader takes the stand-in's words for Gemini's. */
const SIGNATURE = '(Ditulis oleh tiruan Gemini.)';

export function analyze(material: Material): Found {
  const level = levelOf(material);
  const difficulty = difficultyOf(material);
  const written = writtenFor(material);
  const topic = topicOf(material);
  const sentences = [
    written ? `${kindOf(material)} ini membahas ${written.about}.` : openingOf(material, topic),
    written?.evidence ? '' : detailOf(material),
    `Di ${level}, guru dapat ${useOf(material)}.`,
    SIGNATURE,
  ];
  return {
    summary: sentences.filter((sentence) => sentence !== '').join(' '),
    keywords: written?.keywords ?? keywordsOf(material),
    objectives: written?.objectives ?? OBJECTIVES[difficulty].map((objective) => objective(topic)),
    level,
    difficulty,
    evidence: written?.evidence ?? evidenceOf(material),
  };
}

/**
 * The topic of the material, as a part of a sentence: its subtheme, or its title in quotes. One or
 * two letters name no topic.
 */
function topicOf({ title, subtheme }: Material): string {
  const topic = oneLine(subtheme, 80);
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N} ,-]{2,}$/u.test(topic);
  if (isPlain && topic !== oneLine(title, 80)) return inSentence(topic);
  const named = oneLine(title, 150) || topic;
  return named === '' ? 'topik yang belum diberi judul' : `topik "${named}"`;
}

function openingOf(material: Material, topic: string): string {
  const title = oneLine(material.title, 150);
  const called = title === '' || topic.includes(title) ? '' : ` berjudul "${title}"`;
  return `${kindOf(material)}${called} ini membahas ${topic}.`;
}

/** `Lembar kerja Matematika` */
function kindOf({ type, subject }: Material): string {
  const kind = oneLine(type, 60) || 'materi';
  // `RPP` stays in capitals.
  const isWord = USES.has(kind.toLowerCase()) && kind !== kind.toUpperCase();
  const known = isWord ? kind.toLowerCase() : kind;
  return `${known.charAt(0).toUpperCase()}${known.slice(1)} ${oneLine(subject, 60)}`.trim();
}

function useOf({ type }: Material): string {
  return USES.get(oneLine(type, 60).toLowerCase()) ?? 'memakainya sebagai bahan ajar';
}

/** The use of a material for a teacher, by its type. */
const USES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    video: 'menayangkannya untuk membuka pelajaran atau menguatkan pemahaman',
    modul: 'memakainya sebagai bahan belajar mandiri',
    'lembar kerja': 'memakainya sebagai latihan di kelas',
    presentasi: 'memakainya untuk memberi penjelasan kepada seluruh kelas',
    kuis: 'memakainya untuk memeriksa pemahaman murid',
    artikel: 'memakainya sebagai bahan bacaan dan diskusi',
    simulasi: 'memakainya agar murid mencobanya secara langsung',
    audio: 'memutarnya untuk melatih murid menyimak',
    'modul ajar': 'memakainya untuk merencanakan pembelajaran',
    rpp: 'memakainya untuk merencanakan pembelajaran',
    buku: 'memakainya sebagai bahan bacaan',
    infografis: 'menampilkannya sebagai bahan pengamatan dan diskusi',
    soal: 'memakainya sebagai latihan bertahap',
    asesmen: 'memakainya untuk menilai hasil belajar murid',
    permainan: 'memainkannya bersama murid untuk menguatkan pemahaman',
    praktikum: 'memakainya untuk memandu percobaan dan pengamatan',
    'alat peraga': 'membuat dan memakainya bersama murid',
  }),
);

/** How the last part of a description continues `Materi ini …`. */
const CONTINUATIONS: readonly (readonly [begins: string, sentence: string])[] = [
  ['disertai ', 'Materi ini disertai '],
  ['dilengkapi ', 'Materi ini dilengkapi '],
  ['memakai ', 'Materi ini memakai '],
  ['dengan ', 'Materi ini disajikan dengan '],
  ['untuk dikerjakan ', 'Materi ini dirancang untuk dikerjakan '],
];

/** One sentence with the content of the description. */
function detailOf({ description }: Material): string {
  const [sentence] = sentencesOf(description);
  if (sentence === undefined) {
    return 'Deskripsinya masih kosong, jadi analisis ini hanya memakai judul dan temanya.';
  }
  const clause = sentence.split(', ').at(-1) ?? '';
  const found = CONTINUATIONS.find(([begins]) => clause.startsWith(begins));
  return found === undefined || clause.length > 200
    ? `Deskripsinya berbunyi: "${oneLine(sentence, 300)}"`
    : ended(found[1] + oneLine(clause.slice(found[0].length), 200));
}

const MOST_KEYWORDS = 5;
const LEAST_KEYWORDS = 3;

/** The phrases of title, subtheme and theme, those of the title first; a description has too many. */
function keywordsOf({ title, subtheme, theme, subject, type }: Material): string[] {
  const phrases = [title, subtheme, theme].flatMap(phrasesOf);
  const keywords = new Set(phrases.slice(0, MOST_KEYWORDS));
  for (const other of [
    oneLine(subject, 60),
    oneLine(type, 60),
    'materi ajar',
    'bahan ajar',
    'belajar',
  ]) {
    if (keywords.size < LEAST_KEYWORDS && other !== '') keywords.add(other);
  }
  return [...keywords];
}

const OBJECTIVES: Readonly<Record<Difficulty, readonly ((topic: string) => string)[]>> = {
  dasar: [
    (topic) => `Murid dapat menyebutkan hal-hal pokok tentang ${topic}.`,
    (topic) => `Murid dapat memberi contoh yang berkaitan dengan ${topic}.`,
  ],
  menengah: [
    (topic) =>
      `Murid dapat menjelaskan gagasan pokok tentang ${topic} dengan kata-katanya sendiri.`,
    (topic) => `Murid dapat menerapkan pengetahuannya tentang ${topic} untuk mengerjakan tugas.`,
  ],
  mahir: [
    (topic) => `Murid dapat menganalisis contoh yang berkaitan dengan ${topic}.`,
    (topic) => `Murid dapat menyusun kesimpulan tentang ${topic} beserta alasannya.`,
  ],
};

/** Quotes are copied from one field, letter for letter, so that they are found there. */
function evidenceOf(material: Material): Evidence[] {
  const [first = '', second = ''] = sentencesOf(material.description);
  const quotes = [
    ['Deskripsi menerangkan isi materi.', first],
    ['Deskripsi menambahkan rincian tentang isi materi.', second],
    ['Judul menyebutkan topik materi.', material.title],
    ['Materi ini termasuk dalam tema yang disebutkan.', material.theme],
    ['Subtema materi disebutkan.', material.subtheme],
    ['Mata pelajaran materi disebutkan.', material.subject],
    ['Deskripsi materi disebutkan.', material.description],
  ] as const;
  return quotes
    .map(([claim, text]) => ({ claim, quote: trimBlanks(upTo(trimBlanks(text), 300)) }))
    .filter(({ quote }) => quote !== '')
    .slice(0, 3);
}

/** The text on one line, without the quotation marks that would end a quote around it. */
function oneLine(text: string, limit: number): string {
  return upTo(
    trimBlanks(
      text
        .slice(0, 2 * limit)
        .replaceAll('"', "'")
        .replace(/\s+/gu, ' '),
    ),
    limit,
  );
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
