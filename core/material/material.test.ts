import { describe, expect, it } from '@jest/globals';
import { CELL_LIMIT } from './givenText.ts';
import { materialSchema, newMaterialSchema, textHash } from './material.ts';
import { isCellError, trimBlanks } from './text.ts';

const least = { subject: 'IPA', title: 'Rantai makanan', type: 'Video', level: 'Fase C' };

describe('a new material', () => {
  it('is put under catalog names and trimmed of blanks nobody sees', () => {
    const given = { ...least, subject: 'mtk', title: '\u00a0 Pecahan\u200b ', level: 'Kelas IV' };
    expect(newMaterialSchema.parse(given)).toMatchObject({
      subject: 'Matematika',
      title: 'Pecahan',
      level: 'Fase B',
      description: '',
      metadata: {},
    });
  });

  it('that fits several levels gets the catalog names of all, in order', () => {
    const parsed = newMaterialSchema.parse({ ...least, level: 'kelas 6 dan kelas 4' });
    expect(parsed.level).toBe('Fase B, Fase C');
  });

  it('of a subject that its phase does not have is taken as it is', () => {
    expect(newMaterialSchema.parse(least)).toMatchObject({ subject: 'IPA', level: 'Fase C' });
  });

  it('keeps what looks like a formula to the letter', () => {
    for (const title of ['=1+1', '+62 cara', '@guru', '-5 derajat']) {
      expect(newMaterialSchema.parse({ ...least, title }).title).toBe(title);
    }
  });

  it('is refused with the path of every field that is wrong', () => {
    const wrong = {
      ...least,
      title: ' \u200b ',
      level: 'Kelas 13',
      url: 'javascript:alert(1)',
      description: 'x'.repeat(CELL_LIMIT + 1),
    };
    const issues = newMaterialSchema.safeParse(wrong).error?.issues ?? [];
    expect(issues.map(({ path }) => path.join('.')).sort()).toEqual([
      'description',
      'level',
      'title',
      'url',
    ]);
  });
});

describe('a material of the API', () => {
  it('is not archived if an earlier version of the portal gives no archivedAt', () => {
    const texts = { ...least, description: '', theme: '', subtheme: '', url: '' };
    const ai = { aiSummary: '', aiStatus: '', aiSource: '' };
    const at = '2026-11-28T01:02:03.000Z';
    const id = '01980000-0000-7000-8000-000000000001';
    const earlier = { id, ...texts, ...ai, metadata: {}, createdAt: at, updatedAt: at };
    expect(materialSchema.parse(earlier)).toEqual({ ...earlier, archivedAt: null });
    expect(materialSchema.parse({ ...earlier, archivedAt: at })).toMatchObject({ archivedAt: at });
  });

  it('has the same text hash whether it is archived or not', () => {
    const texts = { ...least, description: '', theme: '', subtheme: '' };
    const archived = { ...texts, archivedAt: 'tahun lalu' };
    expect(textHash(archived)).toBe(textHash(texts));
  });
});

describe('text', () => {
  it('has the same hash composed and decomposed, and another when a word changes', () => {
    const text = { ...newMaterialSchema.parse(least), title: 'Café' };
    expect(textHash({ ...text, title: 'Cafe\u0301 ' })).toBe(textHash(text));
    expect(textHash({ ...text, title: 'Cafe' })).not.toBe(textHash(text));
  });

  it('of a failing formula is known for what it is', () => {
    for (const text of ['#REF!', '#N/A', '#DIV/0!', '#NAME?', 'Loading...']) {
      expect(isCellError(text)).toBe(true);
    }
    expect(['#1 di kelas', 'Loading', 'REF!'].some(isCellError)).toBe(false);
  });

  it('is trimmed only at its edges', () => {
    expect(trimBlanks('\ufeff a\u00a0b\tc \n')).toBe('a\u00a0b\tc');
  });
});
