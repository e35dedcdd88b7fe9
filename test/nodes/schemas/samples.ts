import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sign } from '../../../core/index.ts';
import { HEADER, typed } from '../../harness/direct.ts';
import { automatic, mapped, startCatalog } from '../../harness/nodes/catalog.ts';
import { runNode } from '../../harness/nodes/engine/run.ts';
import { listen } from '../../harness/nodes/engine/webhook.ts';
import { aJob, aMaterial, JOB, RESULT } from '../../harness/nodes/materials.ts';
import { TestPortal, TO_N8N } from '../../harness/nodes/portal/testPortal.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const OTHER = '01980000-0000-7000-8000-000000000002';
const TIME = '2026-11-23T01:02:03.000Z';

/** Long enough for more than a draft, and with a hazard. */
const DESCRIPTION =
  'Daun mengolah cahaya menjadi makanan. Murid merebus daun bersama guru, lalu mengamati warnanya.';

/** The output of each operation in n8n's engine, by the path of its schema. */
export type Samples = Readonly<Record<string, readonly IDataObject[]>>;

/** Runs every operation of every node, with the least input that it takes. */
export async function samplesOfAll(): Promise<Samples> {
  const [inSheet, ofPortal, event] = [await sheetSamples(), await portalSamples(), await anEvent()];
  const gets = [...(inSheet['MateriCatalog/material/get'] ?? []), ...ofPortal.gets];
  return {
    ...inSheet,
    ...ofPortal.jobs,
    'MateriCatalog/material/get': gets,
    ...Object.fromEntries(
      ofPortal.writes.map(({ path, items }) => [path, [...(inSheet[path] ?? []), ...items]]),
    ),
    MateriTrigger: [event],
  };
}

async function sheetSamples(): Promise<Record<string, IDataObject[]>> {
  const { harness, run, runChain } = await startCatalog([
    HEADER.slice(0, -1),
    typed('Bagian daun', { MATERIAL_ID: ID, MATERIAL_DESC: DESCRIPTION }).slice(0, -1),
    typed('Bagian akar', { MATERIAL_ID: OTHER, MATERIAL_DESC: '=1+1', ARCHIVED_AT: TIME }).slice(
      0,
      -1,
    ),
  ]);
  try {
    // The output names a cell that holds a formula, and a cell that a merge covers.
    await harness.person.types('C3', '=1+1');
    await harness.person.merges(6, 1, 3);
    const outputs = async (
      operation: string,
      parameters: INodeParameters,
      item: IDataObject = {},
    ): Promise<IDataObject[]> => {
      const { items, error } = await run(operation, parameters, [item]);
      if (error !== undefined) throw error;
      return items.map(({ json }) => without(json, Object.keys(item)));
    };
    const update = {
      title: 'Bagian akar',
      description: 'Akar menyerap air.',
      theme: 'Tumbuhan',
      subtheme: 'Akar',
    };
    const chain = await runChain([
      { type: 'materiCatalog', name: 'Read', parameters: { operation: 'getMany', filters: {} } },
      { type: 'materiGemini', name: 'Analyze', parameters: { operation: 'analyze' } },
    ]);
    const analysed = chain.nodes['Analyze']?.data?.['main']?.[0] ?? [];
    return {
      'MateriGemini/material/analyze': analysed.map(({ json }) => without(json, ['material'])),
      'MateriCatalog/material/get': await outputs('get', { materialId: ID }),
      'MateriCatalog/material/getMany': await outputs('getMany', {
        filters: { includeArchived: true },
      }),
      'MateriCatalog/material/create': await outputs('create', mapped(['title']), {
        title: 'Biji',
      }),
      'MateriCatalog/material/update': await outputs('update', automatic(['title']), update),
      'MateriCatalog/material/createOrUpdate': await outputs(
        'createOrUpdate',
        automatic(['title']),
        { ...update, theme: 'Akar' },
      ),
      'MateriCatalog/material/archive': await outputs('archive', { materialId: ID }),
      'MateriCatalog/material/restore': await outputs('restore', { materialId: ID }),
      'MateriCatalog/material/writeAnalysis': await outputs(
        'writeAnalysis',
        {},
        { id: ID, result: RESULT },
      ),
      'MateriCatalog/sheet/prepare': [
        ...(await outputs('prepare', { resource: 'sheet' })),
        ...(await messySamples()),
      ],
    };
  } finally {
    await harness.stop();
  }
}

/** Every list of a preparation has something in it. */
async function messySamples(): Promise<IDataObject[]> {
  const { harness, run } = await startCatalog([
    [
      'Mapel',
      'Nama Bahan',
      'Deskripsi',
      'Jenis',
      'Kelas',
      'Tema',
      'Subtema',
      'MATERIAL_ID',
      'Guru',
    ],
    ['IPA', 'Daun', 'Tentang daun', 'Video', 'Kelas IV', 'Tumbuhan', 'Daun', ID, 'Bu Sari'],
    ['', 'Akar', '#REF!', 'Video', 'Kelas IV', 'Tumbuhan', 'Akar', ID, 'Bu Sari'],
    ['IPA', 'Batang', '', 'Video', 'Kelas IV', 'Tumbuhan', 'Batang', '', 'Bu Sari'],
  ]);
  try {
    const headers = [{ from: 'Nama Bahan', to: 'MATERIAL_TITLE' }];
    const renamed = await run('prepare', { resource: 'sheet', renames: { headers } });
    const asked = await run('prepare', { resource: 'sheet' });
    return [...renamed.items, ...asked.items].map(({ json }) => json);
  } finally {
    await harness.stop();
  }
}

async function portalSamples(): Promise<{
  gets: IDataObject[];
  writes: Array<{ path: string; items: IDataObject[] }>;
  jobs: Record<string, IDataObject[]>;
}> {
  const portal = await TestPortal.start();
  try {
    const services = {
      credentials: { materiPortalApi: portal.credential },
      executionId: '4711',
    };
    const outputs = async (
      type: 'materiCatalog' | 'materiJob',
      parameters: INodeParameters,
      item: IDataObject,
    ): Promise<IDataObject[]> => {
      const { items, error } = await runNode(type, parameters, [item], services);
      if (error !== undefined) throw error;
      return items.map(({ json }) => json);
    };
    const done = { jobId: JOB.id, completedAt: TIME };
    const error = { code: 'model_quota', message: { id: 'x', en: 'x' }, detail: 'x' };
    portal.answer = ({ method, path }) => {
      if (path.startsWith('/api/materials/')) {
        const material = aMaterial(1, { archivedAt: TIME });
        return { status: 200, body: { material, analysis: { ...RESULT, ...done } } };
      }
      if (path.startsWith('/api/jobs/')) {
        return { status: 200, body: aJob(1, { error, result: RESULT }) };
      }
      if (method === 'GET') {
        return { status: 200, body: { items: [aJob(1, { error })], nextCursor: null } };
      }
      return { status: 200, body: path === '/api/jobs' ? aJob() : {} };
    };
    const gets = await outputs('materiCatalog', { operation: 'get', materialId: ID }, {});
    const claim = { jobId: JOB.id, attempt: 2 };
    const sample = { test: true };
    const started = [
      ...(await outputs('materiJob', { operation: 'start' }, { job: JOB })),
      ...(await outputs('materiJob', { operation: 'start', startFrom: 'new', material: ID }, {})),
    ];
    const ended = async (operation: string, more: INodeParameters) => [
      ...(await outputs('materiJob', { operation, ...claim, ...more }, {})),
      ...(await outputs('materiJob', { operation, ...claim, ...more }, sample)).map((json) =>
        without(json, Object.keys(sample)),
      ),
    ];
    const result = {
      status: 'updated',
      material: aMaterial(1, { archivedAt: TIME, cut: [] }),
      etag: '"2"',
      changes: [{ field: 'theme', before: 'Air', after: 'Api' }],
    };
    const writes = [];
    for (const operation of ['archive', 'create', 'createOrUpdate', 'restore', 'update']) {
      portal.next.push({ status: 200, body: { results: [result] } });
      const item = { id: ID, title: 'Daun', theme: 'Api' };
      const names = operation === 'create' ? ['title', 'theme'] : Object.keys(item);
      const parameters = { operation, materialId: ID, ...mapped(names, ['id']) };
      const items = await outputs('materiCatalog', parameters, item);
      writes.push({
        path: `MateriCatalog/material/${operation}`,
        items: items.map((json) => without(json, Object.keys(item))),
      });
    }
    portal.next.push({ status: 200, body: { items: [aMaterial(1, { archivedAt: TIME })] } });
    writes.push({
      path: 'MateriCatalog/material/getMany',
      items: await outputs('materiCatalog', { operation: 'getMany' }, {}),
    });
    return {
      gets,
      writes,
      jobs: {
        'MateriJob/job/start': started,
        'MateriJob/job/complete': await ended('complete', { result: JSON.stringify(RESULT) }),
        'MateriJob/job/progress': await ended('progress', {}),
        'MateriJob/job/get': await outputs('materiJob', { operation: 'get', jobId: JOB.id }, {}),
        'MateriJob/job/getMany': await outputs('materiJob', { operation: 'getMany' }, {}),
        'MateriJob/job/fail': await ended('fail', { error: 'Gagal' }),
      },
    };
  } finally {
    await portal.stop();
  }
}

async function anEvent(): Promise<IDataObject> {
  const trigger = await listen({
    credentials: {
      materiPortalApi: {
        baseUrl: 'http://portal.test',
        apiKey: 'key',
        secretToN8n: TO_N8N,
        secretFromN8n: TO_N8N,
      },
    },
  });
  try {
    const body = JSON.stringify({
      type: 'material.created',
      timestamp: TIME,
      data: { job: JOB, material: aMaterial(1, { archivedAt: TIME }) },
    });
    const signed = sign([TO_N8N], { id: 'msg_1', timestamp: Math.floor(Date.now() / 1_000), body });
    const headers = { 'content-type': 'application/json', ...signed };
    await fetch(trigger.url, { method: 'POST', headers, body });
    const [event] = trigger.started;
    if (event === undefined) throw new Error('The event started no workflow.');
    return event;
  } finally {
    await trigger.stop();
  }
}

function without(json: IDataObject, names: readonly string[]): IDataObject {
  return Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)));
}
