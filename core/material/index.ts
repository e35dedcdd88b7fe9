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
export { CELL_LIMIT, givenText, trimmedText } from './givenText.ts';
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
  material,
  materialId,
  materialText,
  newMaterial,
  isAnalysisOf,
  textHash,
  type Material,
  type MaterialId,
  type MaterialText,
  type NewMaterial,
} from './material.ts';
export { isMetadataName, metadata, METADATA_LIMIT, METADATA_NAME_LIMIT } from './metadata.ts';
export { own } from './own.ts';
export {
  beginning,
  comparable,
  foldCase,
  isCellError,
  isReadable,
  readable,
  trimBlanks,
} from './text.ts';
export {
  LEVELS,
  TYPES,
  isKnownSubject,
  levelOf,
  subjectOf,
  typeOf,
  type Level,
} from './vocabulary.ts';
export { serverAddress, WEB_ADDRESS_LIMIT, webAddressOf } from './webAddress.ts';
