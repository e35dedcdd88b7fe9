import { expect, it } from '@jest/globals';
import { analysisResultSchema } from './schema.ts';

const result = {
  analysis: {
    summary: 'Video tentang daun.',
    keywords: ['daun', 'cahaya', 'klorofil'],
    objectives: ['Murid dapat menjelaskan fotosintesis.'],
    level: 'Fase D',
    difficulty: 'dasar',
    evidence: [{ claim: 'Tentang daun', quote: 'daun' }],
  },
  source: `analysis-1:${'a'.repeat(64)}`,
  model: 'gemini-flash-latest',
  usage: { promptTokens: 1, outputTokens: 2, totalTokens: 3 },
};

it('A result keeps the model that answered and the tokens of its thoughts', () => {
  const reported = {
    ...result,
    modelVersion: 'gemini-9-flash',
    usage: { ...result.usage, thoughtTokens: 1 },
  };
  expect(analysisResultSchema.parse(reported)).toEqual(reported);
});

it('A result of an older node, which reports neither, is taken', () => {
  expect(analysisResultSchema.parse(result)).toEqual(result);
});
