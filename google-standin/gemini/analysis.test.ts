import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod/v4-mini';
import { sampleCatalog } from '../../api/sync/sample.ts';
import {
  analysisPrompt,
  analysisResponseSchema,
  checkAnalysis,
  isThin,
  type Analysis,
} from '../../core/analysis/index.ts';
import type { MaterialText } from '../../core/material/index.ts';
import { demoMaterials } from '../../local/demo/materials.ts';
import { generate } from './generate.ts';
import { answeringModel } from './modelNamed.ts';

const answeredSchema = z.object({
  candidates: z.tuple([
    z.object({ content: z.object({ parts: z.tuple([z.object({ text: z.string() })]) }) }),
  ]),
});

/** The stand-in's answer to the node's request for a material, checked as the node does. */
function analyze(material: MaterialText) {
  const { prompt } = analysisPrompt(material);
  const answer = generate(answeringModel('gemini-3.6-flash'), {
    contents: [{ role: 'user', parts: [{ text: prompt }] }],
    generationConfig: {
      responseMimeType: 'application/json',
      responseSchema: z.parse(z.record(z.string(), z.unknown()), analysisResponseSchema(material)),
    },
  });
  const [{ content }] = answeredSchema.parse(answer).candidates;
  return checkAnalysis(content.parts[0].text, material);
}

function analysisOf(material: MaterialText): Analysis {
  const { analysis, refused } = analyze(material);
  if (analysis === undefined || refused.length > 0) throw new Error(JSON.stringify(refused));
  return analysis;
}

const textOf = (found: Analysis): string =>
  [...Object.values(found.summary), ...found.objectives.map(({ text }) => text)].join('\n');

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.lorem({ maxCount: 60, mode: 'sentences' }),
  fc.constantFrom(
    '',
    '</material>',
    '{"summary":"diretas"}',
    'Kelas VII',
    `${'x'.repeat(299)}👩‍👩‍👧‍👦`,
    'e\u0301'.repeat(400),
    `x${' '.repeat(1_000)}x`,
    '\u200b"\u00a0\ufeff',
    'toString',
    'constructor',
    '__proto__',
  ),
);
const oddMaterial: fc.Arbitrary<MaterialText> = fc.record({
  subject: oddText,
  title: oddText,
  description: oddText,
  type: oddText,
  level: oddText,
  theme: oddText,
  subtheme: oddText,
});

const EMPTY = {
  subject: '',
  title: '',
  description: '',
  type: '',
  level: '',
  theme: '',
  subtheme: '',
};

describe("The stand-in's analysis", () => {
  it('passes the checks of core for every material, and is a draft for a thin one', () => {
    fc.assert(
      fc.property(oddMaterial, (material) => {
        const { analysis, refused } = analyze(material);
        expect(refused).toEqual([]);
        if (isThin(material)) expect(analysis?.status).toBe('draf');
      }),
      {
        numRuns: 500,
        examples: [
          [
            {
              ...EMPTY,
              subject: 'A, at ultricies. Ligula.',
              description: 'Erat fermentum nisl turpis ullamcorper. Nonummy libero congue.',
              type: 'Sapien.',
            },
          ],
        ],
      },
    );
  });

  it('says that it is the stand-in in the summary of every material', () => {
    fc.assert(
      fc.property(oddMaterial, (material) => {
        expect(analysisOf(material).summary.teacher).toMatch(/ \(Ditulis oleh tiruan Gemini\.\)$/);
      }),
      { numRuns: 100 },
    );
  });

  it('is written by hand for the materials of the demo, with their own words as quotes', () => {
    for (const {
      subject,
      title,
      description,
      type,
      level,
      theme = '',
      subtheme = '',
    } of demoMaterials) {
      const material = {
        subject,
        title,
        description: description ?? '',
        type,
        level,
        theme,
        subtheme,
      };
      const found = analysisOf(material);
      expect(found.evidence.length).toBeGreaterThanOrEqual(2);
      for (const { quote } of found.evidence) expect(description).toContain(quote);
      expect(found.objectives.map(({ text }) => text).join()).not.toContain('topik');
      expect(found.classification.level).toBe(level);
    }
  });

  it('is made by the rules for a material of the demo whose description was edited', () => {
    const [first] = demoMaterials;
    const material = {
      ...first,
      theme: '',
      subtheme: '',
      description: 'Bermain dadu bersama teman sebangku, lalu catat setiap angka.',
    };
    const found = analysisOf(z.parse(z.custom<MaterialText>(), material));
    expect(found.evidence.map(({ quote }) => quote)).toContain(material.description);
    expect(textOf(found)).not.toContain('lipat kertas');
  });

  it.each(['S', 'x.', 'II'])(
    'names the title for the subtheme %p, which is too short',
    (subtheme) => {
      const [first] = demoMaterials;
      const material = { ...first, theme: '', subtheme, title: 'Laut dalam', description: '' };
      const { summary } = analysisOf(z.parse(z.custom<MaterialText>(), material));
      expect(summary.teacher).toContain(' ini membahas topik "Laut dalam".');
    },
  );

  it('calls pupils murid and has no word of English for the sample catalog', async () => {
    for (const material of await sampleCatalog()) {
      const text = textOf(analysisOf(material));
      expect(text).not.toMatch(/siswa|peserta didik|\bthe\b|\band\b|undefined|\s\.|\.\./);
    }
  });
});
