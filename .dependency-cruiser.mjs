/** Imports point the way the design's layout table says; `npm run lint` fails on any other. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only: ${allowed.join(', ') || 'nothing'}`,
  from: { path: `^${from}/`, pathNot: '\\.test\\.ts$|/test/' },
  to: {
    path: '^(core|nodes|credentials|api|web|infra|local|test|bench)/',
    pathNot: [`^${from}/`, ...allowed.map((folder) => `^${folder}/`)],
  },
});

/** A room of core/sheet may import rooms below it (docs/architecture.md). */
const room = (name, below) => ({
  name: `core-sheet-${name}`,
  severity: 'error',
  comment: `core/sheet/${name} may import of core/sheet only: ${below.join(', ') || 'nothing'}`,
  from: { path: `^core/sheet/${name}/`, pathNot: '\\.test\\.ts$|/test/' },
  to: { path: '^core/sheet/', pathNot: [name, ...below].map((one) => `^core/sheet/${one}/`) },
});

/** The folders of the API from the lowest to the highest (docs/architecture.md). None imports a higher one. */
const API_FOLDERS = [
  ...['db', 'http', 'audit', 'history', 'idempotency', 'auth', 'catalog', 'jobs', 'materials'],
  ...['analysis', 'subscriptions', 'dispatch', 'webhook', 'sync', 'housekeeping'],
  ...['prepare', 'googleCheck', 'backup'],
];

const apiFolder = (name, at) => ({
  name: `api-${name}`,
  severity: 'error',
  comment: `api/${name} may import of api only its own files and: ${API_FOLDERS.slice(0, at).join(', ')}`,
  from: { path: `^api/${name}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^api/(?!node_modules)[^/]+/',
    pathNot: API_FOLDERS.slice(0, at + 1).map((one) => `^api/${one}/`),
  },
});

export default {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    only('core', 'core', []),
    only('core-material', 'core/material', ['core/google']),
    only('core-items', 'core/items', ['core/material']),
    only('core-sheet', 'core/sheet', ['core/material', 'core/items', 'core/google']),
    room('journal', []),
    room('recovery', ['journal']),
    room('batch', ['journal']),
    room('catalog', ['journal', 'recovery', 'batch']),
    room('direct', ['journal', 'recovery', 'batch', 'catalog']),
    room('prepare', ['journal', 'recovery', 'batch', 'catalog', 'direct']),
    only('core-summary', 'core/summary', ['core/material', 'core/sheet']),
    only('core-analysis', 'core/analysis', ['core/material']),
    only('core-google', 'core/google', []),
    only('core-webhook', 'core/webhook', ['core/material']),
    only('nodes', 'nodes', ['core']),
    only('credentials', 'credentials', ['core']),
    only('api', 'api', ['core']),
    ...API_FOLDERS.map(apiFolder),
    only('local', 'local', ['core']),
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core does no I/O of its own: node:crypto and zod/v4-mini are all it may use',
      from: { path: '^core/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: '^crypto$|node_modules/zod/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.local)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
};
