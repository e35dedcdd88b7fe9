import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { check } from '../../local/workflows/check.ts';
import type { Descriptions } from '../../local/workflows/descriptions.ts';
import {
  readFiles,
  type Fault,
  type FileNode,
  type WorkflowInFile,
} from '../../local/workflows/files.ts';
import { changed } from '../harness/nodes/changed.ts';
import { nodeTypes } from '../harness/nodes/engine/nodeTypes.ts';

const property = (name: string, more: Partial<INodeProperties>): INodeProperties => ({
  displayName: name,
  name,
  type: 'string',
  default: '',
  ...more,
});

/** Nodes of n8n as far as the tests need them; `npm run workflows -- check` reads the real ones. */
const builtIn = (name: string, properties: INodeProperties[]): INodeTypeDescription => {
  const { description } = nodeTypes.getByNameAndVersion('test.source');
  return { ...description, name, properties };
};

const BUILT_IN: Readonly<Record<string, INodeTypeDescription>> = {
  'n8n-nodes-base.stickyNote': builtIn('stickyNote', [
    property('content', {}),
    property('width', { type: 'number', default: 240 }),
    property('height', { type: 'number', default: 160 }),
  ]),
  'n8n-nodes-base.errorTrigger': builtIn('errorTrigger', []),
  'n8n-nodes-base.executeWorkflow': builtIn('executeWorkflow', [property('workflowId', {})]),
  'n8n-nodes-base.other': builtIn('other', [
    property('token', { typeOptions: { password: true } }),
    property('isOn', { type: 'boolean', default: false }),
    property('columns', { type: 'resourceMapper', default: {} }),
    property('options', {
      type: 'collection',
      default: {},
      options: [property('mode', { type: 'options', options: [{ name: 'A', value: 'a' }] })],
    }),
    property('rules', {
      type: 'fixedCollection',
      default: {},
      options: [{ name: 'rule', displayName: 'Rule', values: [property('text', {})] }],
    }),
  ]),
};

const descriptions: Descriptions = (type) => {
  const known = BUILT_IN[type];
  if (known !== undefined) return [known];
  if (!type.startsWith('n8n-nodes-digital-materi.')) return [];
  try {
    const found = nodeTypes.getByNameAndVersion(type);
    return [found.description];
  } catch {
    return [];
  }
};

const job: FileNode = {
  id: 'node-1',
  name: 'Job',
  type: 'n8n-nodes-digital-materi.materiJob',
  typeVersion: 1,
  position: [0, 0],
  parameters: { resource: 'job', operation: 'fail', identifyBy: 'execution' },
  credentials: { materiPortalApi: { id: 'materiPortal0001', name: 'Materi Portal' } },
};
const note: FileNode = {
  id: 'node-2',
  name: 'About',
  type: 'n8n-nodes-base.stickyNote',
  typeVersion: 1,
  position: [0, -300],
  parameters: { content: 'About', width: 300, height: 200 },
};
const other = (parameters: FileNode['parameters'], more: Partial<FileNode> = {}): FileNode => ({
  id: 'node-3',
  name: 'Other',
  type: 'n8n-nodes-base.other',
  typeVersion: 1,
  position: [300, 0],
  parameters,
  ...more,
});
const errors: WorkflowInFile = {
  file: 'errors.json',
  id: 'materiErrors0001',
  name: 'Errors',
  nodes: [{ ...note, name: 'Start', type: 'n8n-nodes-base.errorTrigger', parameters: {} }],
  connections: {},
  settings: {},
};

const right: WorkflowInFile = {
  file: 'one.json',
  id: 'materiExample001',
  name: 'Example',
  nodes: [job, note],
  connections: {},
  settings: { errorWorkflow: errors.id },
  pinData: {},
};

/** The faults of a workflow that is right but for one change. */
const faultsAfter = (path: string, to: unknown): Fault[] =>
  check([changed(right, path, to), errors], descriptions);

const mapper = (more: object) => other({ columns: { mappingMode: 'defineBelow', ...more } });
const B = [{ id: 'b', displayName: 'b' }];
const SECOND = { id: 'materiPortal0002', name: 'Another' };
const aside: Partial<FileNode> = { id: 'node-4', name: 'Second', position: [300, 0] };

describe('npm run workflows -- check', () => {
  it('finds nothing in a workflow that is right', () => {
    expect(check([right, errors], descriptions)).toEqual([]);
  });

  it.each<[string, string, unknown, string]>([
    ['an id that is no fixed one', 'id', 'short', 'not 16 letters and digits'],
    ['pinned data', 'pinData', { Job: [] }, 'Unpin it'],
    ['no error workflow', 'settings', {}, 'Set settings.errorWorkflow'],
    ['an error workflow that is no file', 'settings.errorWorkflow', 'x', 'is no file here'],
    ['a secret', 'nodes.1.parameters.content', `AIza${'x'.repeat(35)}`, 'into a credential'],
    ['$env', 'nodes.1.parameters.content', '={{ $env.A }}', 'the node Settings'],
    [
      'a connection to no node',
      'connections',
      { Job: { main: [[{ node: 'Gone', type: 'main', index: 0 }]] } },
      '"Gone", which is not there',
    ],
  ])('names the file and what to do: %s', (_, path, to, message) => {
    expect(faultsAfter(path, to)).toEqual([
      { file: 'one.json', message: expect.stringContaining(message) },
    ]);
  });

  it.each<[string, string, unknown, string, string]>([
    ['an unknown type', 'nodes.0.type', 'n8n-nodes-base.jobs', 'Job', 'There is no node type'],
    ['an unknown version', 'nodes.0.typeVersion', 7, 'Job', 'no version 7. Use one of: 1'],
    ['an unknown parameter', 'nodes.0.parameters.why', 'x', 'Job', 'no parameter "why"'],
    [
      'a parameter of another operation',
      'nodes.0.parameters.progress',
      5,
      'Job',
      '"progress" does not apply',
    ],
    ['an unknown operation', 'nodes.0.parameters', { operation: 'x' }, 'Job', 'no option "x"'],
    ['an unknown option', 'nodes.2', other({ options: { mode: 'b' } }), 'Other', 'no option "b"'],
    [
      'an unknown field in a collection',
      'nodes.2',
      other({ rules: { rule: [{ word: 'b' }] } }),
      'Other',
      'no parameter "rules.rule.word"',
    ],
    ['a text for a switch', 'nodes.2', other({ isOn: 'yes' }), 'Other', 'true or false'],
    ['a secret in a parameter', 'nodes.2', other({ token: 'x' }), 'Other', 'holds a secret'],
    ['a mapper without columns', 'nodes.2', mapper({ value: { a: 1 } }), 'Other', 'is empty'],
    [
      'a mapped column that the mapper lacks',
      'nodes.2',
      mapper({ value: { a: 1 }, schema: B }),
      'Other',
      'lacks the mapped column "a"',
    ],
    [
      'a column to match on that the mapper lacks',
      'nodes.2',
      mapper({ value: { b: 1 }, schema: B, matchingColumns: ['c'] }),
      'Other',
      'names "c"',
    ],
    ['a missing credential', 'nodes.0.credentials', undefined, 'Job', 'lacks the credential'],
    ['a foreign credential', 'nodes.1.credentials', { x: SECOND }, 'About', 'no credential "x"'],
    [
      'a credential without a name',
      'nodes.0.credentials.materiPortalApi.name',
      '',
      'Job',
      'needs a name and an id',
    ],
    [
      'two credentials of one type',
      'nodes.2',
      { ...job, ...aside, credentials: { materiPortalApi: SECOND } },
      'Second',
      'Use one',
    ],
    [
      'a call of a workflow that is no file',
      'nodes.2',
      other({ workflowId: 'gone' }, { type: 'n8n-nodes-base.executeWorkflow' }),
      'Other',
      'Export that one too',
    ],
    ['nodes in one place', 'nodes.2', other({}, { position: [50, 50] }), 'Job', 'overlaps "Other"'],
    ['two nodes of one name', 'nodes.2', other({}, { name: 'Job' }), 'Job', 'Give it its own'],
    [
      'a trigger without a fixed address',
      'nodes.2',
      { ...job, ...aside, type: 'n8n-nodes-digital-materi.materiTrigger', parameters: {} },
      'Second',
      'no webhookId',
    ],
  ])('names the file, the node and what to do: %s', (_, path, to, node, message) => {
    expect(faultsAfter(path, to)).toEqual([
      { file: 'one.json', node, message: expect.stringContaining(message) },
    ]);
  });

  it('lets a note frame nodes, and no note cover another', () => {
    const size = { width: 400, height: 300 };
    const frame = { ...note, id: 'node-6', name: 'Frame', parameters: size };
    expect(faultsAfter('nodes.2', { ...frame, position: [-50, -50] })).toEqual([]);
    expect(faultsAfter('nodes.2', { ...frame, position: [100, -250] })).toHaveLength(1);
  });

  it('names an id that two files have', () => {
    expect(faultsAfter('id', errors.id)).toEqual([
      { file: 'errors.json', message: expect.stringContaining('the one of one.json') },
    ]);
  });

  it('names a file that is no JSON, and one that is no workflow', () => {
    const folder = mkdtempSync(join(tmpdir(), 'materi-workflows-'));
    try {
      writeFileSync(join(folder, 'cut.json'), '{"id": ');
      writeFileSync(join(folder, 'list.json'), '[]');
      const { workflows, faults } = readFiles(folder);
      expect(workflows).toEqual([]);
      expect(faults).toMatchObject([
        { file: 'cut.json', message: expect.stringContaining('no JSON') },
        { file: 'list.json', message: expect.stringContaining('no workflow') },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
