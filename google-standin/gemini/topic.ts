import { trimBlanks } from '../../core/material/index.ts';
import { inSentence, phrasesOf, upTo } from './words.ts';
import type { Material } from './written/material.ts';

/**
 * The topic of the material, as a part of a sentence: its subtheme, or its title in quotes. One or
 * two letters name no topic.
 */
export function topicOf({ title, subtheme }: Material): string {
  const topic = oneLine(subtheme, 80);
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N} ,-]{2,}$/u.test(topic);
  if (isPlain && topic !== oneLine(title, 80)) return inSentence(topic);
  const named = oneLine(title, 150) || topic;
  return named === '' ? 'topik yang belum diberi judul' : `topik "${named}"`;
}

const MOST_KEYWORDS = 5;
const LEAST_KEYWORDS = 3;

/** The phrases of title, subtheme and theme, those of the title first; a description has too many. */
export function keywordsOf({ title, subtheme, theme, subject, type }: Material): string[] {
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

/** The text on one line, without the quotation marks that would end a quote around it. */
export function oneLine(text: string, limit: number): string {
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
