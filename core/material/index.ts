export { closest, listed, shortened } from './closest.ts';
export {
  columnIndex,
  columnNamed,
  fieldNamed,
  fieldOfColumn,
  headerOfColumn,
  isSameColumn,
  plainName,
  type ColumnName,
} from './columnName.ts';
export {
  AI_FIELDS,
  byField,
  COLUMNS,
  EDITABLE_FIELDS,
  FIELDS,
  MERGED_FIELDS,
  REVISED_FIELDS,
  TEXT_FIELDS,
  type Field,
  type MergedField,
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
export { ASKED_FIELDS, LEAST_LIKENESS, likeness, nameLikeness } from './likeness.ts';
export {
  materialSchema,
  materialIdSchema,
  materialTextSchema,
  newMaterialSchema,
  isAnalysisOf,
  textHash,
  type Material,
  type MaterialId,
  type MaterialText,
  type NewMaterial,
} from './material.ts';
export { parseDecisions, PrepareError, type Decisions, type Rename } from './decisions.ts';
export { proposeMapping, type Candidate, type Mapping, type Question } from './mapping.ts';
export { isMetadataName, metadataSchema, METADATA_LIMIT, METADATA_NAME_LIMIT } from './metadata.ts';
export { own } from './own.ts';
export {
  idOf,
  keyColumnsOf,
  materialRows,
  rowKey,
  type RowKeyColumns,
  rowReader,
  type SheetRow,
  type SheetRows,
  type RowProblem,
  type ReadRow,
  type RowReading,
} from './rows.ts';
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
  impossibleLevels,
  isImpossiblePair,
  isKnownSubject,
  isKnownType,
  LEVELS,
  levelNameOf,
  levelsOf,
  phasesOf,
  subjectOf,
  typeOf,
  TYPES,
  type Level,
  type MaterialType,
} from './vocabulary/index.ts';
export { serverAddress, WEB_ADDRESS_LIMIT, webAddressOf } from './webAddress.ts';
