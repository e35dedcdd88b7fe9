/** Imports point the way the design's layout table says; `npm run lint` fails on any other. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only: ${allowed.join(', ') || 'nothing'}`,
  from: { path: `^${from}/`, pathNot: '\\.test\\.ts$|/test/' },
  to: {
    path: '^(core|nodes|credentials|api|web|infra|google-standin|local|client|test|bench)/',
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

/** The folders of a part from the lowest to the highest. None imports a higher one. */
const inOrder = (part, folders) =>
  folders.map((name, at) => ({
    name: `${part}-${name.replace('/', '-')}`,
    severity: 'error',
    comment: `${part}/${name} may import of ${part} only its own files and: ${folders.slice(0, at).join(', ')}`,
    from: { path: `^${part}/${name}/`, pathNot: '\\.test\\.ts$|/test/' },
    to: {
      path: `^${part}/(?!node_modules)[^/]+/`,
      pathNot: folders.slice(0, at + 1).map((one) => `^${part}/${one}/`),
    },
  }));

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
    only('core-analysis', 'core/analysis', ['core/material', 'core/usage']),
    only('core-generation', 'core/generation', ['core/material', 'core/usage']),
    only('core-usage', 'core/usage', ['core/material']),
    only('core-google', 'core/google', ['core/backoff']),
    only('core-backoff', 'core/backoff', []),
    only('core-webhook', 'core/webhook', ['core/material']),
    only('nodes', 'nodes', ['core']),
    {
      name: 'one-node',
      severity: 'error',
      comment: 'a node imports nothing of another node: what several use is in nodes/shared',
      from: { path: '^nodes/([^/]+)/' },
      to: { path: '^nodes/', pathNot: '^nodes/($1|shared)/' },
    },
    ...inOrder('nodes/shared', ['http', 'items', 'google', 'portal', 'credentialTests']),
    ...inOrder('nodes/MateriCatalog', ['item', 'sheet', 'portal', 'actions', 'methods']),
    only('credentials', 'credentials', ['core']),
    only('api', 'api', ['core']),
    ...inOrder('api', [
      ...[
        'config',
        'tracing',
        'db',
        'redis',
        'http',
        'audit',
        'invites',
        'history',
        'idempotency',
        'auth',
        'limits',
        'users',
        'search',
        'catalog',
        'jobs',
        'materials',
      ],
      ...['analysis', 'contents', 'subscriptions', 'dispatch', 'webhook', 'sync', 'housekeeping'],
      ...['invariants', 'metrics', 'backup', 'commands'],
    ]),
    only('google-standin', 'google-standin', ['core']),
    ...inOrder('google-standin', [
      ...['http', 'names', 'sheets/model', 'sheets/formula', 'sheets/display', 'sheets/draft'],
      ...['sheets/batch', 'sheets/values', 'store', 'access', 'quotas', 'sheets/http', 'drive'],
      ...['gemini', 'page', 'signin', 'faults', 'standin'],
    ]),
    only('local', 'local', ['core', 'google-standin', 'client']),
    ...inOrder('local', ['setup', 'process', 'postgres', 'n8n', 'stack', 'workflows', 'demo']),
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core does no I/O of its own: node:crypto and zod/v4-mini are all it may use',
      from: { path: '^core/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: '^crypto$|node_modules/zod/' },
    },
  ],
  options: {
    // The client is generated: its parts may import each other.
    doNotFollow: { path: 'node_modules|^client/' },
    exclude: { path: '(^|/)(dist|\\.local)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
};
