import {
  LEVELS,
  levelsOf,
  own,
  subjectOf,
  type Level,
  type MaterialText,
} from '../../material/index.ts';
import { CAPAIAN_SOURCE, ELEMENTS, isIn } from './elements.ts';

/** One element of Capaian Pembelajaran in one Fase. The words of the Capaian are not shipped. */
export interface Capaian {
  /** `MAT-A-BIL`: subject, Fase, element. */
  readonly id: string;
  readonly subject: string;
  readonly level: Level;
  readonly element: string;
  readonly source: string;
}

/** The elements of a subject in a Fase. Empty for a pair that the list does not have. */
export function capaianOf(subject: string, level: Level): readonly Capaian[] {
  const name = subjectOf(subject);
  const found = own(ELEMENTS, name);
  if (found === undefined) return [];
  return found.elements
    .filter(({ phases }) => isIn(phases, level))
    .map(({ code, name: element }) => ({
      id: `${found.code}-${level.slice(-1)}-${code}`,
      subject: name,
      level,
      element,
      source: CAPAIAN_SOURCE,
    }));
}

/** All elements of a subject, or those of the Fase that the teacher wrote in MATERIAL_LEVEL. */
export function capaianIdsFor({ subject, level }: MaterialText): readonly string[] {
  const written = levelsOf(level);
  const levels = written.length === 0 ? LEVELS : written;
  return levels.flatMap((one) => capaianOf(subject, one)).map(({ id }) => id);
}

/** The Fase of an id by its form; undefined if it has another form. */
export function capaianLevelOf(id: string): Level | undefined {
  const letter = /^[A-Z]+-([A-F])-/.exec(id)?.[1];
  return letter === undefined ? undefined : LEVELS.find((level) => level.endsWith(letter));
}

/** The codes and names of a subject's elements. */
export function elementNamesOf(subject: string): ReadonlyArray<{ code: string; name: string }> {
  return own(ELEMENTS, subjectOf(subject))?.elements ?? [];
}
