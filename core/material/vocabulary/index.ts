export { LEVELS, levelNameOf, levelsOf, type Level } from './levels.ts';
export {
  impossibleLevels,
  isImpossiblePair,
  isKnownSubject,
  phasesOf,
  subjectOf,
} from './subjects.ts';
export { isKnownType, TYPES, typeOf, type MaterialType } from './types.ts';
