import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import {
  comparable,
  foldCase,
  levelsOf,
  subjectOf,
  typeOf,
  type Field,
  type SheetRow,
} from '../../../../core/index.ts';
import { numberOf } from '../../../shared/items/parameters.ts';
import { read } from '../../../shared/http/read.ts';
import { itemError, nodeError } from '../../../shared/items/itemFailure.ts';
import { catalogFailure } from '../../item/failure.ts';
import { isAnalysed, isArchived, readRows } from '../../sheet/materials.ts';
import { giveUpAfter, simplify } from '../../sheet/parameters.ts';
import { presentRow, withMaterial } from '../../item/present.ts';
import type { Execute } from '../execute.ts';

const shown = { resource: ['material'], operation: ['getMany'], connectTo: ['sheet'] };

const filter = (displayName: string, name: string, description: string): INodeProperties => ({
  displayName,
  name,
  description,
  type: 'string',
  default: '',
});

export const description: INodeProperties[] = [
  {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    displayOptions: { show: shown },
    default: false,
    description: 'Whether to return all results or only up to a given limit',
  },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    displayOptions: { show: { ...shown, returnAll: [false] } },
    default: 50,
    description: 'Max number of results to return',
  },
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add Filter',
    displayOptions: { show: shown },
    default: {},
    options: [
      {
        displayName: 'Include Archived',
        name: 'includeArchived',
        type: 'boolean',
        default: true,
        description: 'Whether to return archived materials as well, which are left out otherwise',
      },
      filter(
        'Level',
        'level',
        'A Fase or a class: "Fase B", "4" and "Kelas IV" find the same. A material of several levels is found under each of them.',
      ),
      {
        displayName: 'Not Analysed Yet',
        name: 'notAnalysed',
        type: 'boolean',
        default: true,
        description: 'Whether to leave out materials that have an analysis of their current text',
      },
      filter('Subject', 'subject', '"MTK" and "Matematika" find the same'),
      filter('Subtheme', 'subtheme', 'As it is in the sheet, in any case'),
      filter('Theme', 'theme', 'As it is in the sheet, in any case'),
      filter('Title Contains', 'title', 'A part of the title, in any case'),
      filter('Type', 'type', '"LKPD" and "Lembar Kerja" find the same'),
    ],
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    displayOptions: { show: shown },
    default: {},
    options: [giveUpAfter, simplify],
  },
];

export const execute: Execute = { sheet: getManyFromSheet };

/**
 * Gives each material that the filters find as an item, in the order of the sheet. As in the portal's lists,
 * archived materials are left out unless the workflow asks for them.
 */
async function getManyFromSheet(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const outputs: INodeExecutionData[] = [];
  const rows = readRows(node);
  for (const item of node.getInputData().keys()) {
    try {
      const limit = limitOf(node, item);
      const filters = node.getNodeParameter('filters', item, {});
      const found = (await rows()).materials.filter((row) => passes(row, filters));
      for (const row of found.slice(0, limit)) {
        const json = withMaterial(node, item, undefined, presentRow(row));
        outputs.push({ json, pairedItem: { item } });
      }
    } catch (error) {
      if (!node.continueOnFail()) throw nodeError(node.getNode(), error, item);
      outputs.push({ json: { error: itemError(error) }, pairedItem: { item } });
    }
  }
  return [outputs];
}

/** Undefined: no limit. */
function limitOf(node: IExecuteFunctions, item: number): number | undefined {
  if (node.getNodeParameter('returnAll', item, false) === true) return undefined;
  const given: unknown = node.getNodeParameter('limit', item, undefined);
  const limit = numberOf(given);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  const found = (JSON.stringify(given) ?? 'nothing').slice(0, 100);
  throw catalogFailure(
    'invalid_setting',
    `Limit is ${found}, and it must be a number of 1 or more.`,
    {
      advice: 'Set Limit to a number, or switch Return All on. An expression must give a number.',
    },
  );
}

/** How texts are compared: by what they mean where the catalog has a vocabulary. */
const MEANINGS: ReadonlyArray<readonly [Field, (text: string) => readonly string[]]> = [
  ['subject', (text) => [foldCase(subjectOf(text))]],
  ['type', (text) => [foldCase(typeOf(text))]],
  ['level', (text) => (levelsOf(text).length > 0 ? levelsOf(text) : [foldCase(text)])],
  ['theme', (text) => [foldCase(text)]],
  ['subtheme', (text) => [foldCase(text)]],
];

function passes(row: SheetRow, filters: unknown): boolean {
  const wanted = (name: string): string => {
    const value = read(filters, name);
    return typeof value === 'string' || typeof value === 'number' ? comparable(String(value)) : '';
  };
  if (read(filters, 'includeArchived') !== true && isArchived(row)) return false;
  if (read(filters, 'notAnalysed') === true && isAnalysed(row)) return false;
  if (!foldCase(row.fields.title ?? '').includes(foldCase(wanted('title')))) return false;
  return MEANINGS.every(([field, meanings]) => {
    if (wanted(field) === '') return true;
    const those = meanings(wanted(field));
    return meanings(row.fields[field] ?? '').some((meaning) => those.includes(meaning));
  });
}
