import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { CONTENT_KINDS, LEVELS, materialIdSchema } from '../../../../core/index.ts';
import { read, readText } from '../../../shared/http/read.ts';
import { ItemFailure } from '../../../shared/items/itemFailure.ts';
import { textParameter } from '../../../shared/items/parameters.ts';
import { askPortal } from '../../../shared/portal/ask.ts';
import { problemText } from '../../../shared/portal/problem.ts';
import { jobOf, KIND_OPTIONS } from './jobs.ts';
import { reportingPatience } from './reporting.ts';

const CONTENT_NAMES: Readonly<Record<(typeof CONTENT_KINDS)[number], string>> = {
  lesson_plan: 'Lesson Plan',
  levels: 'Levels',
  quiz: 'Quiz',
  summary: 'Summary',
  worksheet: 'Worksheet',
};

/** @param show shows the fields of a job that is opened */
export function openParameters(show: Record<string, string[]>): INodeProperties[] {
  const generate = { ...show, kind: ['generate'] };
  return [
    {
      displayName: 'Kind',
      name: 'kind',
      type: 'options',
      noDataExpression: true,
      displayOptions: { show },
      default: 'analyze',
      description: 'What the job asks for',
      options: KIND_OPTIONS,
    },
    {
      displayName: 'Content',
      name: 'content',
      type: 'options',
      displayOptions: { show: generate },
      default: 'lesson_plan',
      description: 'What to write (jenis konten)',
      options: CONTENT_KINDS.map((value) => ({ name: CONTENT_NAMES[value], value })).sort((a, b) =>
        a.name.localeCompare(b.name),
      ),
    },
    {
      displayName: 'About',
      name: 'about',
      type: 'options',
      noDataExpression: true,
      displayOptions: { show: generate },
      default: 'material',
      options: [
        { name: 'A Gap', value: 'gap', description: 'A subject and level that lack materials' },
        { name: 'A Material', value: 'material', description: 'One material of the catalog' },
      ],
    },
    materialParameter({ ...show, kind: ['analyze'] }),
    materialParameter({ ...generate, about: ['material'] }),
    {
      displayName: 'Subject',
      name: 'subject',
      type: 'string',
      required: true,
      displayOptions: { show: { ...generate, about: ['gap'] } },
      default: '',
      placeholder: 'e.g. Matematika',
      description: 'The subject that lacks materials (mata pelajaran)',
    },
    {
      displayName: 'Level',
      name: 'level',
      type: 'options',
      displayOptions: { show: { ...generate, about: ['gap'] } },
      default: 'Fase A',
      description: 'The level that lacks materials',
      options: LEVELS.map((value) => ({ name: value, value })),
    },
  ];
}

function materialParameter(show: Record<string, string[]>): INodeProperties {
  return {
    displayName: 'Material',
    name: 'material',
    type: 'resourceLocator',
    required: true,
    displayOptions: { show },
    default: { mode: 'id', value: '={{ $json.material?.id }}' },
    description: 'The material that the job is about',
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        placeholder: 'Choose a material',
        typeOptions: { searchListMethod: 'searchMaterials', searchable: true },
      },
      {
        displayName: 'By ID',
        name: 'id',
        type: 'string',
        placeholder: 'e.g. 01980000-0000-7000-8000-000000000000',
      },
    ],
  };
}

/**
 * Opens a job that this execution has claimed already. The input item goes on, with the new `job`.
 *
 * @returns undefined, with a hint, if such a job is open already
 */
export async function open(
  node: IExecuteFunctions,
  item: number,
): Promise<IDataObject | undefined> {
  const executionId = node.getExecutionId();
  const body = { ...bodyOf(node, item), executionId };
  const answer = await askPortal(
    node,
    {
      method: 'POST',
      path: '/api/jobs',
      headers: { 'idempotency-key': keyOf(node, item, body) },
      body,
    },
    reportingPatience(node, item),
    [404, 409, 410, 422],
  );
  const { status } = answer;
  if (status === 409 && readText(answer.body, 'type').endsWith('/job-open')) {
    node.addExecutionHints({ message: problemText(status, answer.body) });
    return undefined;
  }
  if (status >= 400) throw notOpened(status, answer.body);
  const { id, kind, attempt, options } = jobOf(answer.body);
  const came = node.getInputData()[item]?.json ?? {};
  return { ...came, job: { id, kind, attempt, options, executionId } };
}

function bodyOf(node: IExecuteFunctions, item: number): IDataObject {
  const kind = textParameter(node, 'kind', item);
  if (kind === 'analyze') return { kind, materialId: materialIdOf(node, item) };
  const content = textParameter(node, 'content', item);
  if (textParameter(node, 'about', item) !== 'gap') {
    return { kind, materialId: materialIdOf(node, item), options: { content } };
  }
  const gap = {
    subject: textParameter(node, 'subject', item),
    level: textParameter(node, 'level', item),
  };
  return { kind, options: { content, gap } };
}

function materialIdOf(node: IExecuteFunctions, item: number): string {
  const value: unknown = node.getNodeParameter('material', item, '', { extractValue: true });
  const text = String(read({ value }, 'value') ?? '').trim();
  const id = materialIdSchema.safeParse(text.toLowerCase());
  if (id.success) return id.data;
  throw new ItemFailure('workflow_error', `"${text.slice(0, 100)}" is not the ID of a material.`, {
    retryable: false,
    advice: 'Choose a material from the list, or set Material to the value of MATERIAL_ID: a UUID.',
  });
}

/** A lost answer, or this node run again by Retry On Fail, finds the job that was opened. */
function keyOf(node: IExecuteFunctions, item: number, body: IDataObject): string {
  const run = String(node.evaluateExpression('{{ $runIndex }}', item));
  const place = JSON.stringify([node.getNode().id, run, item, body]);
  return `n8n_${createHash('sha256').update(place).digest('hex').slice(0, 32)}`;
}

function notOpened(status: number, body: unknown): ItemFailure {
  const isGone = status === 404 || status === 410;
  return new ItemFailure(isGone ? 'material_gone' : 'workflow_error', problemText(status, body), {
    retryable: status === 409,
    status,
    advice: isGone
      ? 'The catalog has no such material (any more). Check Material.'
      : 'The message names what is wrong with Kind, Content, Subject or Level.',
    ...(isGone ? { itemCode: 'not_found' } : {}),
  });
}
