import type { Material } from './material.ts';
import { hashOf, isTelling, sentencesOf, upTo, wordsOf } from './words.ts';

/** What the stand-in finds in a material. Plain rules: the same material always gives the same. */
export interface Found {
  readonly summary: string;
  readonly keywords: string[];
  readonly objectives: string[];
  readonly level: string;
  readonly difficulty: string;
  readonly evidence: { claim: string; quote: string }[];
}

export function analyze(material: Material): Found {
  const level = levelOf(material);
  const difficulty = difficultyOf(material);
  const keywords = keywordsOf(material);
  return {
    summary: summaryOf(material, keywords, level),
    keywords,
    objectives: objectivesOf(material, keywords, difficulty),
    level,
    difficulty,
    evidence: evidenceOf(material),
  };
}

/** Weighs the telling words of all fields; a word of the title counts most. */
function keywordsOf(material: Material): string[] {
  const weights = new Map<string, { word: string; weight: number }>();
  const weigh = (text: string, weight: number) => {
    for (const word of wordsOf(text).filter(isTelling)) {
      const key = word.toLowerCase();
      const known = weights.get(key);
      weights.set(key, { word: known?.word ?? key, weight: (known?.weight ?? 0) + weight });
    }
  };
  weigh(material.title, 4);
  weigh(material.subtheme, 3);
  weigh(material.theme, 2);
  weigh(material.description, 1);
  weigh(material.subject, 0.5);
  const best = [...weights.values()].sort((a, b) => b.weight - a.weight).slice(0, 6);
  const words = best.map(({ word }) => word);
  const fillers = [
    material.subject,
    material.type,
    material.theme,
    'materi ajar',
    'belajar mandiri',
    'kurikulum merdeka',
  ];
  for (const filler of fillers) {
    const text = upTo(filler.trim().toLowerCase(), 60);
    if (words.length >= 3) break;
    if (text !== '' && !words.includes(text)) words.push(text);
  }
  return words;
}

const classPhases: readonly [RegExp, string][] = [
  [/\bfase\s*([A-F])\b/i, ''],
  [/\b(kelas|kls|grade)\s*(1[0-2]|[1-9]|XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)\b/i, ''],
  [/\b(SD|sekolah dasar|MI)\b/i, 'Fase B'],
  [/\b(SMP|MTs)\b/i, 'Fase D'],
  [/\b(SMA|SMK|MA|MAK)\b/i, 'Fase E'],
];

const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** The phase named in the level, else in the text, else by how long the sentences are. */
function levelOf(material: Material): string {
  for (const text of [material.level, material.title, material.description]) {
    for (const [pattern, phase] of classPhases) {
      const match = pattern.exec(text);
      if (!match) continue;
      if (phase !== '') return phase;
      if (match[2] === undefined) return `Fase ${(match[1] ?? 'D').toUpperCase()}`;
      const grade = Number(match[2]) || roman.indexOf(match[2].toUpperCase()) + 1;
      return phaseOfGrade(grade);
    }
  }
  const words = wordsOf(material.description);
  const letters = words.reduce((sum, word) => sum + word.length, 0) / Math.max(1, words.length);
  return letters < 5 ? 'Fase B' : letters < 6 ? 'Fase C' : letters < 7 ? 'Fase D' : 'Fase E';
}

/** A 1-2, B 3-4, C 5-6, D 7-9, E 10, F 11-12. */
function phaseOfGrade(grade: number): string {
  const last = [2, 4, 6, 9, 10, 12].findIndex((end) => grade <= end);
  return `Fase ${'ABCDEF'.charAt(last < 0 ? 5 : last)}`;
}

/** Long words and long sentences make a text hard; the thresholds are those of the sample catalog. */
function difficultyOf(material: Material): string {
  const text = `${material.title}. ${material.description}`;
  const words = wordsOf(text);
  const long = words.filter((word) => word.length >= 9).length / Math.max(1, words.length);
  const sentence = words.length / Math.max(1, sentencesOf(text).length);
  const score = long * 100 + sentence;
  return score < 25 ? 'dasar' : score < 45 ? 'menengah' : 'mahir';
}

function summaryOf(material: Material, keywords: readonly string[], level: string): string {
  const kind = material.type.trim() === '' ? 'Materi' : material.type.trim();
  const subject = material.subject.trim() === '' ? '' : ` ${material.subject.trim()}`;
  const title = upTo(material.title.trim(), 150);
  const opening = `${kind}${subject} "${title}" membahas ${list(keywords.slice(0, 3))}.`;
  const detail = sentencesOf(material.description)[0];
  const middle = detail === undefined ? '' : ` ${ended(upTo(detail, 400))}`;
  return `${opening}${middle} Cocok untuk ${level}${themeOf(material)}.`;
}

function themeOf({ theme, subtheme }: Material): string {
  const named = [theme, subtheme]
    .map((text) => upTo(text.trim(), 80))
    .filter((text) => text !== '');
  return named.length === 0 ? '' : ` pada tema ${named.join(' - ')}`;
}

function ended(sentence: string): string {
  const capital = sentence.charAt(0).toUpperCase() + sentence.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

function list(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? 'topiknya')
    : `${words.slice(0, -1).join(', ')} dan ${words.at(-1) ?? ''}`;
}

const verbs: Readonly<Record<string, readonly string[]>> = {
  dasar: ['mengenal', 'menyebutkan contoh', 'menceritakan kembali'],
  menengah: ['menjelaskan', 'menerapkan', 'membandingkan'],
  mahir: ['menganalisis', 'mengevaluasi', 'merancang karya tentang'],
};

function objectivesOf(
  material: Material,
  keywords: readonly string[],
  difficulty: string,
): string[] {
  const chosen = verbs[difficulty] ?? [];
  const start = hashOf(material.title) % Math.max(1, chosen.length);
  const count = Math.min(3, Math.max(1, keywords.length - 1));
  return Array.from({ length: count }, (_, index) => {
    const verb = chosen[(start + index) % chosen.length] ?? 'memahami';
    const about = keywords[index] ?? 'materi ini';
    const context = upTo(material.subtheme || material.theme || material.subject, 80).trim();
    const within =
      context === '' || context.toLowerCase() === about ? '' : ` dalam konteks ${context}`;
    return `Peserta didik mampu ${verb} ${about}${within}.`;
  });
}

/** Quotes are copied from one field, letter for letter, so that they are found there. */
function evidenceOf(material: Material): { claim: string; quote: string }[] {
  const sentences = sentencesOf(material.description);
  const found = sentences.slice(0, 2).map((sentence) => ({
    claim: `Deskripsi menerangkan ${list(
      wordsOf(sentence)
        .filter(isTelling)
        .slice(0, 2)
        .map((w) => w.toLowerCase()),
    )}.`,
    quote: upTo(sentence, 300),
  }));
  const fields = [
    ['Judul menyebut topik utama materi.', material.title],
    ['Materi ini bagian dari tema yang disebut.', material.theme],
    ['Mata pelajarannya disebut.', material.subject],
  ] as const;
  for (const [claim, text] of fields) {
    const quote = upTo(text.trim(), 300);
    if (found.length < 3 && quote !== '') found.push({ claim, quote });
  }
  return found;
}
