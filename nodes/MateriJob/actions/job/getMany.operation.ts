import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import { readList, readText } from '../../../shared/http/read.ts';
import type { Patience } from '../../../shared/http/retrying.ts';
import { itemError, nodeError } from '../../../shared/items/itemFailure.ts';
import { limitOf, limitParameters } from '../../../shared/items/limit.ts';
import { askPortal } from '../../../shared/portal/ask.ts';
import { jobOf, KIND_OPTIONS, STATUS_OPTIONS } from './jobs.ts';
import { reportingPatience } from './reporting.ts';

const shown = { resource: ['job'], operation: ['getMany'] };

/** The portal's longest page. */
const PAGE = 200;

const FILTERS = ['kind', 'materialId', 'status'] as const;

export const description: INodeProperties[] = [
  ...limitParameters(shown),
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add Filter',
    displayOptions: { show: shown },
    default: {},
    options: [
      {
        displayName: 'Kind',
        name: 'kind',
        type: 'options',
        default: 'analyze',
        description: 'What the job asks for',
        options: KIND_OPTIONS,
      },
      {
        displayName: 'Material ID',
        name: 'materialId',
        type: 'string',
        default: '',
        placeholder: 'e.g. 01980000-0000-7000-8000-000000000000',
        description: 'Only jobs of this material',
      },
      {
        displayName: 'Status',
        name: 'status',
        type: 'options',
        default: 'FAILED',
        description: 'How far the job is',
        options: STATUS_OPTIONS,
      },
    ],
  },
];

/** Gives each job that the filters find as an item, newest first, without its result. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const outputs: INodeExecutionData[] = [];
  /** Items with the same filters share one list. */
  const lists = new Map<string, IDataObject[]>();
  for (const item of node.getInputData().keys()) {
    try {
      const limit = limitOf(node, item);
      const filters = filtersOf(node, item);
      const asked = JSON.stringify([limit, filters]);
      const jobs = lists.get(asked) ?? (await list(node, filters, limit, item));
      lists.set(asked, jobs);
      for (const job of jobs) outputs.push({ json: { job }, pairedItem: { item } });
    } catch (error) {
      if (!node.continueOnFail()) throw nodeError(node.getNode(), error, item);
      outputs.push({ json: { error: itemError(error) }, pairedItem: { item } });
    }
  }
  return [outputs];
}

/** Only the filters that are set. */
function filtersOf(node: IExecuteFunctions, item: number): IDataObject {
  const given = node.getNodeParameter('filters', item, {});
  return Object.fromEntries(
    FILTERS.map((name) => [name, readText(given, name).trim()]).filter(([, text]) => text !== ''),
  );
}

async function list(
  node: IExecuteFunctions,
  filters: IDataObject,
  limit: number,
  item: number,
): Promise<IDataObject[]> {
  const patience: Patience = reportingPatience(node, item);
  const jobs: IDataObject[] = [];
  let cursor = '';
  do {
    const qs = {
      ...filters,
      limit: Math.min(PAGE, limit - jobs.length),
      ...(cursor === '' ? {} : { cursor }),
    };
    const { body } = await askPortal(node, { method: 'GET', path: '/api/jobs', qs }, patience);
    jobs.push(...readList(body, 'items').map(jobOf));
    cursor = readText(body, 'nextCursor');
  } while (cursor !== '' && jobs.length < limit);
  return jobs;
}
