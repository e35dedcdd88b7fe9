import type { IDataObject } from 'n8n-workflow';
import { anAnalysis } from '../analysis.ts';
import { DEFAULT_MODEL, type Material } from '../../../core/index.ts';

/** A job as an event offers it. */
export const JOB = {
  id: '01980000-0000-7000-8000-0000000000a1',
  kind: 'analyze',
  attempt: 2,
  options: {},
};

/** A material as the portal gives it; `n` makes it another one. */
export function aMaterial(n = 1, changes: IDataObject = {}): IDataObject {
  const material = {
    id: `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    subject: 'IPAS',
    title: `Fotosintesis pada tumbuhan hijau ${n}`,
    description: 'Tumbuhan hijau membuat makanannya sendiri dengan bantuan cahaya matahari.',
    type: 'Modul',
    level: 'Fase C',
    theme: 'Makhluk Hidup',
    subtheme: 'Tumbuhan',
    url: '',
    metadata: {},
    aiSummary: '',
    aiStatus: '',
    aiSource: '',
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    archivedAt: null,
  } satisfies Record<keyof Material, unknown>;
  return { ...material, ...changes };
}

/** A result that passes core's checks. */
export const RESULT = {
  version: 2,
  analysis: anAnalysis({
    quote: 'Tumbuhan hijau membuat makanannya sendiri',
    summary: 'Modul tentang fotosintesis.',
    classification: { subject: 'IPAS', level: 'Fase C', alternatives: [] },
  }),
  issues: [],
  source: `analysis-2:${'a'.repeat(64)}`,
  model: DEFAULT_MODEL,
  usage: { promptTokens: 1, outputTokens: 1, totalTokens: 2 },
};

/** A job as the portal gives it; `n` makes it another one. */
export function aJob(n = 1, changes: IDataObject = {}): IDataObject {
  return {
    id: `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    kind: 'analyze',
    materialId: '01980000-0000-7000-8000-000000000001',
    options: {},
    status: 'COMPLETED',
    progress: 100,
    error: null,
    attempt: 1,
    executionId: '4711',
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    startedAt: '2026-11-01T00:00:00.000Z',
    endedAt: '2026-11-01T00:00:00.000Z',
    ...changes,
  };
}
