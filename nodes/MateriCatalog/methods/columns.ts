import type {
  ILoadOptionsFunctions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';
import {
  COLUMNS,
  EDITABLE_FIELDS,
  fieldNamed,
  isSameColumn,
  openSheet,
  shortened,
  trimBlanks,
} from '../../../core/index.ts';
import { read, readList, readText } from '../../shared/http/read.ts';
import { titleOf, type SheetAccess } from '../sheet/access.ts';
import { isObject } from '../item/present.ts';
import { furtherColumnsInEditor } from '../portal/columns.ts';
import { inEditor, isChosen } from './sheet.ts';

/** A catalog has 10 to 30 columns; the editor draws a field for each. */
const MOST_COLUMNS = 500;

/** Longer names are not names of columns. */
const LONGEST_NAME = 1_000;

/**
 * The sheet's columns, by their headers. The editor deletes a mapped value if its name is not among the
 * fields. So each saved name stays a field, also if the sheet does not have it.
 */
export async function getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
  const saved = savedNames(this);
  if (this.getNodeParameter('connectTo', 'portal') !== 'sheet') return await ofPortal(this, saved);
  const needed = ['spreadsheet', 'tab'].map((name) => this.getNodeParameter(name, ''));
  if (!needed.every(isChosen)) {
    return withoutSheet(saved, 'Choose a spreadsheet and a tab to see its columns.');
  }
  try {
    const headers = await inEditor(this, async (access) =>
      headersOf(access, await titleOf(access)),
    );
    return { fields: fieldsOf(headers, saved, this.getNodeParameter('operation', '')) };
  } catch (error) {
    return withoutSheet(saved, error instanceof Error ? error.message : String(error));
  }
}

/** The fields that people edit, the ID, and the further columns that the portal knows. */
async function ofPortal(
  node: ILoadOptionsFunctions,
  saved: SavedNames,
): Promise<ResourceMapperFields> {
  try {
    const own = (['id', ...EDITABLE_FIELDS] as const).map((field) => COLUMNS[field].header);
    const headers = [...own, ...(await furtherColumnsInEditor(node))];
    return { fields: fieldsOf(headers, saved, node.getNodeParameter('operation', '')) };
  } catch (error) {
    return withoutSheet(saved, error instanceof Error ? error.message : String(error));
  }
}

/** The names that the node was saved with. */
interface SavedNames {
  /** The columns with a value. */
  readonly mapped: ReadonlySet<string>;
  /**
   * Also those that the editor showed last time: one with an expression that gives nothing at the
   * moment comes here without its value.
   */
  readonly all: ReadonlySet<string>;
}

function savedNames(node: ILoadOptionsFunctions): SavedNames {
  const columns = node.getCurrentNodeParameter('columns');
  const value = read(columns, 'value');
  const shown = readList(columns, 'schema').filter((field) => read(field, 'removed') !== true);
  const bounded = (names: readonly string[]) =>
    new Set(
      names.filter((name) => name !== '' && name.length <= LONGEST_NAME).slice(0, MOST_COLUMNS),
    );
  const mapped = isObject(value) ? Object.keys(value) : [];
  const all = [...mapped, ...shown.map((field) => readText(field, 'id'))];
  return { mapped: bounded(mapped), all: bounded(all) };
}

/** The saved names as fields. With none, the editor shows the notice instead of fields. */
function withoutSheet({ all }: SavedNames, notice: string): ResourceMapperFields {
  const fields = [...all].map((name) => fieldFor(name, `${shortened(name)} (not read: ${notice})`));
  return { fields, emptyFieldsNotice: notice };
}

function fieldsOf(
  headers: readonly string[],
  { mapped, all }: SavedNames,
  operation: unknown,
): ResourceMapperField[] {
  const nameOf = new Map<string, string>();
  const others: ResourceMapperField[] = [];
  for (const name of all) {
    const header =
      headers.find((text) => text === name) ?? headers.find((text) => isSameColumn(text, name));
    if (header === undefined) {
      others.push(fieldFor(name, `${shortened(name)} (not in the sheet)`));
    } else if (!nameOf.has(header)) {
      nameOf.set(header, name);
    } else if (mapped.has(name)) {
      others.push(fieldFor(name, `${shortened(name)} (${shortened(header)} once more)`));
    }
  }
  const hasId = headers.some((text) => fieldNamed(text) === 'id');
  const fields = headers.flatMap((header): ResourceMapperField[] => {
    const field = fieldNamed(header);
    const name = nameOf.get(header) ?? header;
    const isAutomatic = field === 'updatedAt' || (field === 'id' && operation === 'create');
    if (isAutomatic && !mapped.has(name)) return [];
    return [
      {
        ...fieldFor(name, header),
        required: field === 'title' && operation === 'create',
        // Without ids, as before the sheet is prepared, people know a material by its title.
        defaultMatch: field === (hasId ? 'id' : 'title'),
      },
    ];
  });
  return [...fields, ...others];
}

function fieldFor(name: string, displayName: string): ResourceMapperField {
  return {
    id: name,
    displayName,
    required: false,
    defaultMatch: false,
    canBeUsedToMatch: true,
    display: true,
    readOnly: false,
    type: 'string',
  };
}

/** The texts of the header. For an empty tab, the header that the first material adds. */
async function headersOf({ transport }: SheetAccess, tab: string): Promise<string[]> {
  const { header, rows } = await openSheet(transport, tab).readCatalog();
  if (header === null) return Object.values(COLUMNS).map((column) => column.header);
  const texts = (rows[header.row] ?? []).map((cell) => trimBlanks(String(cell)));
  // If several further columns have one name, only the first is read and written. So offer the name once.
  return [...new Set(texts.filter((text) => text !== ''))].slice(0, MOST_COLUMNS);
}
