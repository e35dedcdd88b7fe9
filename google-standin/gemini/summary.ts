import type { Analysis } from '../../core/analysis/index.ts';
import { oneLine } from './topic.ts';
import type { Material } from './written/material.ts';

/** Every summary ends with it, so that no reader takes the stand-in's words for Gemini's. */
const SIGNATURE = '(Ditulis oleh tiruan Gemini.)';

interface Known {
  readonly topic: string;
  readonly level: string;
  readonly keywords: readonly string[];
  readonly isDraft: boolean;
  /** What a person wrote about the material; it continues `… ini membahas`. */
  readonly about: string | undefined;
}

/** A summary for the teacher, and one for pupils. A draft has none for pupils. */
export function summaryOf(
  material: Material,
  { topic, level, keywords, isDraft, about }: Known,
): Analysis['summary'] {
  const opening =
    about === undefined ? openingOf(material, topic) : `${kindOf(material)} ini membahas ${about}.`;
  const more = isDraft
    ? 'Deskripsinya terlalu singkat untuk dianalisis; lengkapi agar guru dapat memakainya.'
    : `Pokok bahasannya adalah ${keywords.slice(0, 3).join(', ')}. Di ${level}, guru dapat ${useOf(material)}.`;
  const [first = topic] = keywords;
  return {
    teacher: `${opening} ${more} ${SIGNATURE}`,
    student: isDraft ? '' : `Kamu akan belajar tentang ${first}. Baca materinya, lalu jawab soal.`,
  };
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
