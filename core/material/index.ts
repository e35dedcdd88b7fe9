export { closest, distance, listed, shortened } from './closest.ts';
export {
  AI_FIELDS,
  COLUMNS,
  EDITABLE_FIELDS,
  FIELDS,
  TEXT_FIELDS,
  type Field,
  type TextField,
} from './columns.ts';
export {
  fieldOfHeader,
  HeaderError,
  headerNameOf,
  matchHeader,
  remainsOfHeader,
  ROWS_SEARCHED,
  writableHeaders,
  type Header,
} from './header.ts';
export {
  CELL_LIMIT,
  material,
  materialId,
  materialText,
  newMaterial,
  textHash,
  type Material,
  type MaterialId,
  type MaterialText,
  type NewMaterial,
} from './material.ts';
export { comparable, foldCase, isCellError, trimBlanks } from './text.ts';
export {
  LEVELS,
  TYPES,
  isKnownSubject,
  levelOf,
  subjectOf,
  typeOf,
  type Level,
} from './vocabulary.ts';
