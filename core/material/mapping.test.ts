import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  ASKED_FIELDS,
  COLUMNS,
  FIELDS,
  fieldOfHeader,
  LEAST_LIKENESS,
  likeness,
  matchHeader,
} from './index.ts';
import { parseDecisions } from './decisions.ts';
import { proposeMapping } from './mapping.ts';

const NONE = parseDecisions({});
const ALL = FIELDS.map((field) => COLUMNS[field].header);

const likeliest = (header: string, values: readonly string[] = []) => {
  const [best] = ASKED_FIELDS.map((field) => ({
    field,
    confidence: likeness(header, field, values),
  })).sort((a, b) => b.confidence - a.confidence);
  return best !== undefined && best.confidence >= LEAST_LIKENESS ? best.field : null;
};

describe('a header that no alias matches', () => {
  it.each([
    ['Nama Bahan', 'title'],
    ['Judul Bahan Ajar', 'title'],
    ['MATERIAL_TITEL', 'title'],
    ['Bidang Studi', 'subject'],
    ['Uraian', 'description'],
    ['Deskripsi singkat', 'description'],
    ['Bentuk', 'type'],
    ['Kls.', 'level'],
    ['Fase/Kelas', 'level'],
    ['Sub-Tema Materi', 'subtheme'],
    ['Tema Materi', 'theme'],
    ['Link Google Drive', 'url'],
    ['Penulis', null],
    ['No', null],
    ['Tahun', null],
  ])('"%s" looks like %s', (header, field) => {
    expect(fieldOfHeader(header)).toBeUndefined();
    expect(likeliest(header)).toBe(field);
  });

  it('is told by what stands below it, running numbers are not', () => {
    expect(likeliest('Untuk', ['Kelas IV', 'Fase B', 'kelas 5'])).toBe('level');
    expect(likeliest('Apa', ['Video', 'LKPD', 'Modul'])).toBe('type');
    expect(likeliest('No', ['1', '2', '3'])).toBeNull();
  });
});

describe('a header row', () => {
  it('is the one that the portal reads, wherever it stands among titles and notes', () => {
    const noise = fc.array(fc.constantFrom('', 'Katalog', 'Judul', '2026', 'catatan: tema'), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.array(noise, { maxLength: 10 }),
        fc.shuffledSubarray(ALL, { minLength: ALL.length }),
        (above, header) => {
          const rows = [...above, header, ['x', 'y']];
          const { wanted, missing, questions } = proposeMapping(rows, 'Katalog', NONE);
          expect(wanted).toEqual(matchHeader(rows, 'Katalog'));
          expect([missing, questions]).toEqual([[], []]);
        },
      ),
    );
  });

  it('means by a column only what an alias says, whatever it looks like', () => {
    const names = [...ALL, 'Judul', 'Judull', 'Nama', 'Kls', 'Bab', 'Uraian', 'Guru', ''];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names), { maxLength: 12 }), (header) => {
        const decisions = parseDecisions({ headerRow: 1 });
        const { wanted, renames, questions } = proposeMapping([header], 'Katalog', decisions);
        for (const field of FIELDS) {
          const column = wanted.columns[field];
          if (column !== undefined) expect(fieldOfHeader(header[column] ?? '')).toBe(field);
        }
        expect(renames).toEqual([]);
        expect(questions.some(({ field }) => field === 'title')).toBe(
          header.filter((text) => fieldOfHeader(text) === 'title').length !== 1,
        );
      }),
    );
  });
});
