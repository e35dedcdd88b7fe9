import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { nodeTypes } from '../harness/nodes/engine/nodeTypes.ts';
import { samplesOfAll, type Samples } from './schemas/samples.ts';
import { schemaOf } from './schemas/schemaOf.ts';

const NODES = join(process.cwd(), 'nodes');

/** `MateriCatalog/material/get` is in `nodes/MateriCatalog/__schema__/v1.0.0/material/get.json`. */
function fileOf(path: string): string {
  const [node = '', ...operation] = path.split('/');
  return join(NODES, node, '__schema__', `${['v1.0.0', ...operation].join('/')}.json`);
}

let samples: Samples;
beforeAll(async () => {
  samples = await samplesOfAll();
  // `UPDATE_SCHEMAS=1` writes them anew after an operation has changed what it gives.
  if (process.env['UPDATE_SCHEMAS'] === undefined) return;
  for (const [path, values] of Object.entries(samples)) {
    mkdirSync(dirname(fileOf(path)), { recursive: true });
    writeFileSync(
      fileOf(path),
      `${JSON.stringify({ ...schemaOf(values), version: 1 }, null, 2)}\n`,
    );
  }
});

const isOptions = (option: object): option is INodePropertyOptions => 'value' in option;

/** `material/get` and so on, as the node declares its operations. */
function operationsOf(properties: readonly INodeProperties[]): string[] {
  const operations = properties.filter(({ name }) => name === 'operation');
  return [
    ...new Set(
      operations.flatMap(({ displayOptions, options = [] }) =>
        (displayOptions?.show?.['resource'] ?? [])
          .filter((resource) => typeof resource === 'string')
          .flatMap((resource) =>
            options.filter(isOptions).map(({ value }) => `${resource}/${String(value)}`),
          ),
      ),
    ),
  ];
}

const PATHS = ['MateriCatalog', 'MateriGemini', 'MateriJob', 'MateriTrigger'].flatMap((node) => {
  const name = `n8n-nodes-digital-materi.${node.charAt(0).toLowerCase()}${node.slice(1)}`;
  const type = nodeTypes.getByNameAndVersion(name);
  const operations = operationsOf(type.description.properties);
  return operations.length === 0 ? [node] : operations.map((operation) => `${node}/${operation}`);
});

describe('The preview of an output', () => {
  it.each(PATHS)('says for %s what it gives in n8n’s engine', (path) => {
    const file: unknown = JSON.parse(readFileSync(fileOf(path), 'utf8'));
    expect(file).toEqual({ ...schemaOf(samples[path] ?? []), version: 1 });
  });

  it('exists for the operations of the nodes only', () => {
    const found = readdirSync(NODES, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('__schema__') && name.endsWith('.json'))
      .map((name) => join(NODES, name));
    expect(found.sort()).toEqual(PATHS.map(fileOf).sort());
  });
});
