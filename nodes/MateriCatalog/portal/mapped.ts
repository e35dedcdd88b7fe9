import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
  EDITABLE_FIELDS,
  fieldNamed,
  fieldOfColumn,
  ItemRefused,
  keyColumns,
  keyHeaders,
  materialIdSchema,
  plainName,
  tasksOf,
  type ColumnName,
  type Header,
  type Task,
} from '../../../core/index.ts';
import type { Patience } from '../../shared/http/retrying.ts';
import { uuidv7 } from '../../shared/google/uuid.ts';
import { catalogFailure } from '../item/failure.ts';
import { readValues, type Request, type ValuesOf } from '../item/values.ts';
import { furtherColumns } from './columns.ts';
import { writeToPortal, type PortalPlan } from './write.ts';

/** Creates or updates a material for each item. Items with the same key become one entry, as on the sheet. */
export async function writeMappedToPortal(
  node: IExecuteFunctions,
  requestOf: () => Request,
  valuesOf: ValuesOf,
): Promise<INodeExecutionData[][]> {
  return await writeToPortal(node, async (patience): Promise<PortalPlan> => {
    const request = requestOf();
    if (request.extraFields === 'add') {
      throw catalogFailure('invalid_setting', 'The portal adds no columns to the sheet.', {
        advice: 'Set Extra Fields to Refuse or Ignore, or add the column in the sheet.',
      });
    }
    const items = [...node.getInputData().keys()].map((item) =>
      readValues(node, item, () => requireWritable(valuesOf(item, request))),
    );
    const header = await headerOf(node, items, patience);
    const newId = () => materialIdSchema.parse(uuidv7());
    const { tasks, refusals } = tasksOf({ ...request, items }, header, newId);
    const { operation } = request;
    const key =
      operation === 'create' ? ['id' as const] : keyColumns(request.key ?? ['id'], header);
    const isById = operation !== 'create' && key.includes('id');
    return {
      entries: tasks.map((task) => ({
        items: task.items,
        body: { operation, ...(isById ? { id: task.id } : {}), material: materialOf(task) },
      })),
      refusals: new Map(
        [...refusals].map(([item, { code, message }]) => [item, catalogFailure(code, message)]),
      ),
      ...(key.includes('id') ? {} : { matchBy: matchBy(key, header) }),
      skipMissing: request.unmatched === 'skip',
    };
  });
}

/** @throws ItemRefused if a column is mapped that the portal writes itself */
function requireWritable(values: IDataObject): IDataObject {
  for (const [name, value] of Object.entries(values)) {
    const field = fieldNamed(name);
    const isWritable = field === undefined || field === 'id' || isEditable(field);
    if (isWritable || value === null || value === undefined) continue;
    throw new ItemRefused(
      'invalid_value',
      `The portal writes ${name.slice(0, 100)} itself. Leave it out. Write Analysis, Archive and Restore change such columns.`,
    );
  }
  return values;
}

const isEditable = (field: string): boolean => EDITABLE_FIELDS.some((one) => one === field);

/**
 * The columns of the catalog as a header. The portal is asked for its further columns only if an item has a
 * name that is no field.
 */
async function headerOf(
  node: IExecuteFunctions,
  items: ReadonlyArray<IDataObject | ItemRefused>,
  patience: Patience,
): Promise<Header> {
  const names = items.flatMap((item) => (item instanceof ItemRefused ? [] : Object.keys(item)));
  const areFields = names.every((name) => fieldNamed(name) !== undefined);
  const further = areFields ? [] : await furtherColumns(node, patience);
  return { row: 0, columns: {}, names: {}, metadata: further.map((name) => ({ name, column: 0 })) };
}

/** @throws ItemFailure `invalid_setting` if the portal cannot find materials by these columns */
function matchBy(key: readonly ColumnName[], header: Header): string[] {
  const fields = EDITABLE_FIELDS.filter((field) => key.includes(field));
  if (fields.length === key.length && fields.includes('title')) return fields;
  throw catalogFailure(
    'invalid_setting',
    `The portal does not find materials by ${keyHeaders(key, header)}.`,
    {
      advice:
        'Set the columns to match on to MATERIAL_ID, or to MATERIAL_TITLE with or without other columns of the catalog.',
    },
  );
}

/** A material as the portal's batch takes it. */
function materialOf({ wanted }: Task): IDataObject {
  const texts = [...wanted];
  const further = texts.filter(([column]) => fieldOfColumn(column) === undefined);
  return {
    ...Object.fromEntries(texts.filter(([column]) => isEditable(column))),
    ...(further.length === 0
      ? {}
      : {
          metadata: Object.fromEntries(
            further.map(([column, text]) => [plainName(column), text] as const),
          ),
        }),
  };
}
