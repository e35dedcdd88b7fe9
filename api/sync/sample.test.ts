import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { z } from 'zod/v4';
import {
  EDITABLE_FIELDS,
  impossibleLevels,
  isKnownSubject,
  isKnownType,
  levelsOf,
  type NewMaterial,
} from '../../core/index.ts';
import { sampleCatalog } from './sample.ts';

const FOLDER = new URL('./sample/', import.meta.url);
let sample: readonly NewMaterial[];
beforeAll(async () => {
  sample = await sampleCatalog();
});
const titlesOf = (materials: readonly NewMaterial[]) => materials.map(({ title }) => title);
const words = (text: string) => text.split(/\s+/).length;

/** From this length on, a text can be analysed: a reading text, an explanation or a worksheet. */
const LONG = 120;

const textsOf = (material: NewMaterial) => EDITABLE_FIELDS.map((field) => material[field]);

describe('The sample catalog', () => {
  it('has 320 materials, each with a title and an address of its own', () => {
    expect(sample).toHaveLength(320);
    expect(new Set(titlesOf(sample).map((title) => title.toLowerCase())).size).toBe(320);
    expect(new Set(sample.map(({ url }) => url)).size).toBe(320);
  });

  it('writes subjects, types and levels under their catalog names', () => {
    const cells = readdirSync(FOLDER)
      .toSorted()
      .flatMap((name) =>
        z
          .array(
            z.object({
              SUBJECT_NAME: z.string(),
              MATERIAL_TYPE: z.string(),
              MATERIAL_LEVEL: z.string(),
            }),
          )
          .parse(parse(readFileSync(new URL(name, FOLDER)), { columns: true })),
      );
    expect(
      sample.map(({ subject, type, level }) => ({
        SUBJECT_NAME: subject,
        MATERIAL_TYPE: type,
        MATERIAL_LEVEL: level,
      })),
    ).toEqual(cells);
    expect(sample.filter(({ subject }) => !isKnownSubject(subject))).toEqual([]);
    expect(sample.filter(({ type }) => !isKnownType(type))).toEqual([]);
  });

  it('has no subject in a phase in which the curriculum does not have it', () => {
    expect(
      titlesOf(sample.filter(({ subject, level }) => impossibleLevels(subject, level).length > 0)),
    ).toEqual([]);
  });

  it('has materials of every phase, of several phases, and of many subjects and types', () => {
    const counts = Map.groupBy(
      sample.flatMap(({ level }) => levelsOf(level)),
      (level) => level,
    );
    expect(counts.size).toBe(7);
    expect(sample.filter(({ level }) => levelsOf(level).length > 1).length).toBeGreaterThan(5);
    expect(new Set(sample.map(({ subject }) => subject)).size).toBeGreaterThan(40);
    expect(new Set(sample.map(({ type }) => type)).size).toBeGreaterThan(15);
  });

  it('has a third of texts long enough to analyse, and says in 25 to 60 words what others hold', () => {
    const [long, short] = [
      sample.filter(({ description }) => words(description) >= LONG),
      sample.filter(({ description }) => words(description) < LONG),
    ];
    expect(long.length).toBeGreaterThanOrEqual(sample.length / 3);
    expect(titlesOf(long.filter(({ description }) => words(description) > 300))).toEqual([]);
    const isFit = (count: number) => count >= 25 && count <= 60;
    expect(titlesOf(short.filter(({ description }) => !isFit(words(description))))).toEqual([]);
  });

  it('has every text trimmed and in NFC, with a theme and a subtheme', () => {
    for (const material of sample) {
      for (const text of textsOf(material)) {
        expect(text).not.toBe('');
        expect(text).toBe(text.trim().normalize('NFC'));
      }
    }
  });

  it('calls pupils murid, and has English words in language lessons only', () => {
    const english = /\b(?:the|and|of|with|this|are|students?|teachers?|online|worksheet|game)\b/i;
    for (const material of sample) {
      const text = textsOf(material).slice(0, -1).join('\n');
      expect(text).not.toMatch(/siswa|peserta didik/i);
      if (!material.subject.startsWith('Bahasa Inggris')) expect(text).not.toMatch(english);
    }
  });
});
