import { trimBlanks } from '../text.ts';
import {
  levelTokens,
  type ClassForm,
  type LevelToken,
  type Link,
  type School,
} from './levelTokens.ts';

/**
 * The phases of Kurikulum Merdeka (BSKAP 046/H/KR/2025): Fondasi is PAUD, A classes 1-2, B 3-4, C 5-6, D
 * 7-9, E 10, F 11-12.
 */
export const LEVELS = [
  'Fase Fondasi',
  'Fase A',
  'Fase B',
  'Fase C',
  'Fase D',
  'Fase E',
  'Fase F',
] as const;
export type Level = (typeof LEVELS)[number];

const LAST_CLASSES: ReadonlyArray<readonly [lastClass: number, level: Level]> = [
  [2, 'Fase A'],
  [4, 'Fase B'],
  [6, 'Fase C'],
  [9, 'Fase D'],
  [10, 'Fase E'],
  [12, 'Fase F'],
];
const LAST_CLASS = 12;

const PHASE_LETTERS = 'abcdef';

const SCHOOLS: Readonly<Record<School, readonly Level[]>> = {
  sd: ['Fase A', 'Fase B', 'Fase C'],
  smp: ['Fase D'],
  sma: ['Fase E', 'Fase F'],
};

/**
 * The phases that a person's text means, in order. `Kelas IV`, `4`, `kls 4` and `B` give Fase B; `Kelas 4-5`
 * gives Fase B and Fase C; `SMA` gives Fase E and Fase F. A text that does not begin with a level gives none.
 */
export function levelsOf(text: string): Level[] {
  const read: Read = { named: new Set(), schools: new Set(), isMarked: false, isOdd: false };
  let state: State = START;
  for (const token of levelTokens(text)) {
    const next = afterToken(token, state, read);
    if (next === null) return [];
    state = next;
  }
  const { named, schools, isMarked, isOdd } = read;
  // `4 menit` is no level. `Kelas X Tata Boga` and `TK B (5-6 tahun)` are levels.
  if (isOdd && !isMarked && !named.has('Fase Fondasi')) return [];
  // `Kelas 4 SD` names a class, so the school adds nothing. `Kelas 13 SMA` is a mistake.
  const isNarrowed = isMarked || [...named].some((level) => level !== 'Fase Fondasi');
  return LEVELS.filter((level) => named.has(level) || (!isNarrowed && schools.has(level)));
}

/** The level under its catalog name, such as `Fase B, Fase C`. An unknown level stays as written, trimmed. */
export function levelNameOf(text: string): string {
  const levels = levelsOf(text);
  return levels.length === 0 ? trimBlanks(text) : levels.join(', ');
}

/** What the tokens until now have named. */
interface Read {
  readonly named: Set<Level>;
  readonly schools: Set<Level>;
  /** The text has the word `Kelas` or `Fase`. */
  isMarked: boolean;
  /** The text has a word that belongs to no level. */
  isOdd: boolean;
}

/** How the next value is read. */
interface State {
  readonly after: 'nothing' | 'class' | 'phase' | 'others';
  readonly link: Link;
  /** The value before it. Null: the next value is the first after its mark. */
  readonly last: { readonly value: number; readonly form: ClassForm | 'any' } | null;
}

const START: State = { after: 'nothing', link: 'none', last: null };

/** @returns null if the text is no level */
function afterToken(token: LevelToken, state: State, read: Read): State | null {
  const isFirst = !read.isMarked && read.named.size + read.schools.size === 0;
  switch (token.kind) {
    case 'word':
    case 'branch':
      // `Perkalian kelas 4` is a title.
      if (isFirst) return null;
      if (token.kind === 'word') read.isOdd = true;
      return { ...state, link: 'none' };
    case 'mark':
      read.isMarked = true;
      return state.link === 'range' && state.after === token.of && state.last !== null
        ? { ...state, last: { ...state.last, form: 'any' } }
        : { after: token.of, link: 'none', last: null };
    case 'skip':
      return { after: 'others', link: 'none', last: null };
    case 'fondasi':
      read.named.add('Fase Fondasi');
      return { after: 'others', link: 'none', last: null };
    case 'school':
      SCHOOLS[token.school].forEach((level) => read.schools.add(level));
      return START;
    case 'link':
      return { ...state, link: token.link };
    case 'letter':
      return afterLetter(token.letter, state, read, isFirst);
    case 'number':
      return afterNumber(token, state, read);
  }
}

/** A letter names a phase, or a group of a class: `Fase B`, `7 B`. */
function afterLetter(letter: string, state: State, { named }: Read, isFirst: boolean): State {
  const isPhase = state.after === 'phase' || (state.after === 'nothing' && isFirst);
  const value = PHASE_LETTERS.indexOf(letter) + 1;
  if (!isPhase || value === 0) return { ...state, link: 'none' };
  const from = state.link === 'range' && state.last !== null ? state.last.value : value;
  LEVELS.slice(from, value + 1).forEach((level) => named.add(level));
  return { after: 'phase', link: 'none', last: { value, form: 'any' } };
}

function afterNumber(
  { value, form }: Extract<LevelToken, { kind: 'number' }>,
  { after, link, last }: State,
  read: Read,
): State | null {
  const ignored: State = { after, link: 'none', last };
  // `B1` is a level of a language course.
  if (after === 'phase' && link === 'none' && !read.isMarked) return null;
  if (after === 'others' || value < 1 || value > LAST_CLASS) return ignored;
  if (after === 'phase' && (link === 'none' || link === 'range')) return ignored;
  const next: State = { after: 'class', link: 'none', last: { value, form } };
  if (after !== 'class' || last === null) {
    read.named.add(levelOfClass(value));
    return next;
  }
  // `VII-2`, `VII/2`, `7/2` and `XI IPA 2` name a group or a semester; `7-9`, `7/8` and `7, 8` name classes.
  const isAlike = last.form === form || last.form === 'any';
  const isClass = link === 'list' || ((link === 'range' || link === 'slash') && value > last.value);
  if (!isAlike || !isClass) return ignored;
  const from = link === 'range' ? last.value : value;
  for (let each = from; each <= value; each += 1) read.named.add(levelOfClass(each));
  return next;
}

function levelOfClass(schoolClass: number): Level {
  return LAST_CLASSES.find(([last]) => schoolClass <= last)?.[1] ?? 'Fase F';
}
