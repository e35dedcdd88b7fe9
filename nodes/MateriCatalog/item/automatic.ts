import type { IDataObject } from 'n8n-workflow';
import {
  AI_FIELDS,
  analysisCells,
  analysisResultSchema,
  fieldNamed,
  isSameColumn,
  ItemRefused,
  type DirectRequest,
} from '../../../core/index.ts';
import { isObject } from './present.ts';

/** Fields of a material that workflows do not write. */
const OF_THE_CATALOG = ['metadata', 'createdAt', 'updatedAt', 'rowNumber'];

/** Fields that this node adds to an item besides `material`, and Materi Gemini besides `result`. */
const OF_THE_NODES = [
  ...['analysis', 'before', 'change', 'conflicts', 'difference', 'dryRun', 'etag', 'formulas'],
  ...['notConfirmed', 'notKept', 'unplaced', 'warnings'],
];

/**
 * The values of an item whose columns are mapped automatically: its `material`, or else its own
 * fields, and the analysis in its `result`.
 *
 * An Update with an analysis writes nothing else of the item: the material was read before Gemini
 * answered, and a person may have edited it since.
 *
 * @throws ItemRefused if `result` is no analysis
 */
export function automaticValues(
  json: IDataObject,
  { operation, key = ['id'] }: Pick<DirectRequest, 'operation' | 'key'>,
): IDataObject {
  const { material, result, ...fields } = json;
  const own = isObject(material) ? columnsOf(material) : columnsOf(without(fields, OF_THE_NODES));
  if (!isObject(result)) return result === undefined ? own : { ...own, result };
  const analysis = analysisOf(result);
  if (operation !== 'update') return { ...own, ...analysis };
  const isKey = (name: string) => key.some((column) => isSameColumn(column, name));
  const keys = Object.entries(own).filter(([name]) => isKey(name));
  return { ...Object.fromEntries(keys), ...analysis };
}

const REMEDY = 'Put Materi Gemini: Analyze before this node, and pass its result on.';

/**
 * The cells that an analysis is written to.
 *
 * @param result as Materi Gemini gives it
 * @throws ItemRefused naming the wrong fields
 */
export function analysisOf(result: unknown): IDataObject {
  if (result === undefined || result === null) {
    throw new ItemRefused('invalid_value', `The item has no result. ${REMEDY}`);
  }
  const parsed = analysisResultSchema.safeParse(result);
  if (parsed.success) return analysisCells(parsed.data);
  const issues = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'result'}: ${message}`);
  throw new ItemRefused(
    'invalid_value',
    `The result of the item is not an analysis by Materi Gemini (${issues.join('; ').slice(0, 500)}). ${REMEDY}`,
  );
}

/** A material as this node gives it, as the columns that it is written to. */
function columnsOf(material: IDataObject): IDataObject {
  const { metadata } = material;
  return { ...without(material, OF_THE_CATALOG), ...(isObject(metadata) ? metadata : {}) };
}

function without(fields: IDataObject, names: readonly string[]): IDataObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** Without the columns that the portal writes itself: an item that was read from the catalog has them. */
export function withoutPortals(values: IDataObject): IDataObject {
  const isOwn = (name: string): boolean => {
    const field = fieldNamed(name);
    return [...AI_FIELDS, 'archivedAt', 'updatedAt'].some((own) => own === field);
  };
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isOwn(name)));
}
