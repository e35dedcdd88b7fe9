import { describe, expect, it } from '@jest/globals';
import { analysisCells } from './cells.ts';
import { analysisResultSchema } from './result.ts';

const common = {
  model: 'gemini-flash-latest',
  usage: { promptTokens: 1, outputTokens: 2, totalTokens: 3 },
};

/** As version 0.1 of the nodes reported it. */
const older = {
  analysis: {
    summary: 'Video tentang daun.',
    keywords: ['daun', 'cahaya', 'klorofil'],
    objectives: ['Murid dapat menjelaskan fotosintesis.'],
    level: 'Fase D',
    difficulty: 'dasar',
    evidence: [{ claim: 'Tentang daun', quote: 'daun' }],
  },
  source: `analysis-1:${'a'.repeat(64)}`,
  ...common,
};

const draft = {
  version: 2,
  analysis: {
    evidence: [],
    status: 'draf',
    missing: ['deskripsi'],
    summary: { teacher: 'Judul saja.', student: '' },
    classification: { subject: 'IPA', level: 'Fase D', alternatives: [] },
    cp: [],
    objectives: [],
    profile: [],
    keyConcepts: [],
    misconceptions: [],
    quiz: [],
    differentiation: null,
    safety: [],
  },
  issues: [],
  source: `analysis-2:${'a'.repeat(64)}`,
  ...common,
};

describe('A result', () => {
  it('of an older node is taken, and gives its summary to the sheet', () => {
    const result = analysisResultSchema.parse(older);
    expect(result).toEqual(older);
    expect(analysisCells(result)).toEqual({
      aiSummary: 'Video tentang daun.',
      aiStatus: 'COMPLETED',
      aiSource: older.source,
    });
  });

  it('of an older node keeps the model that answered and the tokens of its thoughts', () => {
    const usage = { ...older.usage, thoughtTokens: 1 };
    const reported = { ...older, modelVersion: 'gemini-9-flash', usage };
    expect(analysisResultSchema.parse(reported)).toEqual(reported);
  });

  it('of version 2 keeps its issues and its cost, and gives the summary for the teacher', () => {
    const issue = {
      kind: 'wrong-fase',
      path: 'classification.level',
      verdict: 'review',
      message: { id: 'Periksa fasenya.', en: 'Check the Fase.' },
    };
    const cost = { usd: 0.001, tier: 'standard', priceOf: '2026-11-01' };
    const reported = { ...draft, issues: [issue], cost };
    const result = analysisResultSchema.parse(reported);
    expect(result).toEqual(reported);
    expect(analysisCells(result)).toMatchObject({ aiSummary: 'Judul saja.' });
  });

  it.each([
    [{ ...draft, version: 3 }, 'version'],
    [{ ...draft, analysis: older.analysis }, 'analysis.evidence.0.id'],
    [{ ...older, analysis: draft.analysis }, 'analysis.summary'],
  ])('of an unknown version or of another form is refused with the path: %#', (result, path) => {
    const { error } = analysisResultSchema.safeParse(result);
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});
