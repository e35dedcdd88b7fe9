import { levelsOf } from '../../core/material/index.ts';
import type { Material } from './written/material.ts';
import { sentencesOf, wordsOf } from './words.ts';

const classPhases: readonly [RegExp, string][] = [
  [/\bfase\s?([A-F])\b/i, ''],
  [/\b(kelas|kls|grade)\s?(1[0-2]|[1-9]|XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)\b/i, ''],
  [/\b(SD|sekolah dasar|MI)\b/i, 'Fase B'],
  [/\b(SMP|MTs)\b/i, 'Fase D'],
  [/\b(SMA|SMK|MA|MAK)\b/i, 'Fase E'],
];

const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/** The first phase that the level names, else the phase in the text, else by how long the words are. */
export function levelOf(material: Material): string {
  const [named] = levelsOf(material.level);
  if (named !== undefined) return named;
  for (const text of [material.title, material.description]) {
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

export type Difficulty = 'dasar' | 'menengah' | 'mahir';

/** Long words and long sentences make a text hard. The thresholds fit descriptions of about 40 words. */
export function difficultyOf(material: Material): Difficulty {
  const text = `${material.title}. ${material.description}`;
  const words = wordsOf(text);
  const long = words.filter((word) => word.length >= 9).length / Math.max(1, words.length);
  const sentence = words.length / Math.max(1, sentencesOf(text).length);
  const score = long * 100 + sentence;
  return score < 25 ? 'dasar' : score < 45 ? 'menengah' : 'mahir';
}
