import type { Analysis } from '../../core/analysis/index.ts';
import { hashOf, tellingWordsOf, wordsOf } from './words.ts';

type Item = Analysis['quiz'][number];

/** Words before the gap. A pupil of Fase A reads at most ten words in a sentence. */
const WORDS_BEFORE = 3;
const WRONG_OPTIONS = 2;
const LONGEST_WORD = 20;

/** Wrong options for a material with too few words of its own. */
const SPARE = ['jendela', 'pensil', 'sepeda', 'payung'];

/** One item for each objective: a gap in a sentence of the material, with words of the material as options. */
export function quizFor(objectives: readonly string[], sentences: readonly string[]): Item[] {
  const words = [...new Set(sentences.flatMap(tellingWordsOf).map((word) => word.toLowerCase()))];
  const usable = words.filter((word) => word.length >= 4 && word.length <= LONGEST_WORD);
  const textsOf = sentences.map((sentence) => wordsOf(sentence).map((word) => word.toLowerCase()));
  return objectives.map((objective, index) =>
    itemOf({
      id: `q${index + 1}`,
      objective,
      words: textsOf[index % textsOf.length] ?? [],
      usable,
      turn: index,
    }),
  );
}

interface Gap {
  readonly id: string;
  readonly objective: string;
  /** The words of the sentence. */
  readonly words: readonly string[];
  /** Words of the material that may be options. */
  readonly usable: readonly string[];
  /** Items of one sentence leave different gaps. */
  readonly turn: number;
}

function itemOf({ id, objective, words, usable, turn }: Gap): Item {
  const gaps = words.flatMap((word, at) => (at > 1 && usable.includes(word) ? [at] : []));
  const place = gaps[turn % Math.max(1, gaps.length)] ?? words.length - 1;
  const key = words[place] ?? '';
  const before = words.slice(Math.max(0, place - WORDS_BEFORE), place).join(' ');
  const others = [...usable, ...SPARE].filter((word) => !isAlike(word, key)).slice(0, 8);
  const start = hashOf(before) % Math.max(1, others.length - WRONG_OPTIONS + 1);
  const wrong = others.slice(start, start + WRONG_OPTIONS);
  const texts = [...wrong, key];
  const turned = hashOf(key) % texts.length;
  return {
    id,
    objective,
    form: 'PG',
    cognitive: 'L1',
    stem: `Kata apa sesudah "${before}"?`,
    options: [...texts.slice(turned), ...texts.slice(0, turned)].map((text, index) => ({
      id: 'abc'.charAt(index),
      text,
      correct: text === key,
    })),
    explanation: `Di dalam materi tertulis "${before} ${key}".`,
  };
}

/** Whether a word is another form of the key: both would be right. */
function isAlike(word: string, key: string): boolean {
  return word === key || word.includes(key) || key.includes(word);
}
