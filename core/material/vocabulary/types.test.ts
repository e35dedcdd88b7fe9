import { describe, expect, it } from '@jest/globals';
import { isKnownType, TYPES, typeOf } from './index.ts';

describe('A type', () => {
  it.each([
    ['LKPD', 'Lembar Kerja'],
    ['LKS', 'Lembar Kerja'],
    ['Lembar Kerja Peserta Didik', 'Lembar Kerja'],
    ['PPT', 'Presentasi'],
    ['Power Point', 'Presentasi'],
    ['salindia', 'Presentasi'],
    ['modul ajar', 'Modul Ajar'],
    ['Modul', 'Modul'],
    ['Rencana Pelaksanaan Pembelajaran', 'RPP'],
    ['Bank Soal', 'Soal'],
    ['Penilaian', 'Asesmen'],
    ['E-Book', 'Buku'],
    ['infografik', 'Infografis'],
    ['Game', 'Permainan'],
    ['rekaman audio', 'Audio'],
    ['Panduan Praktikum', 'Praktikum'],
    ['alat_peraga', 'Alat Peraga'],
  ])('%j is %s', (text, type) => expect(typeOf(text)).toBe(type));

  it('is under its own name what it is', () => {
    expect(TYPES.map((type) => typeOf(type.toUpperCase()))).toEqual(TYPES);
  });

  it('that is unknown, or says more than a type of the catalog, stays as written', () => {
    const unknown = ['Siniar', 'Asesmen Sumatif', 'Modul Ajar Kelas 4'];
    expect(unknown.map((text) => typeOf(` ${text} `))).toEqual(unknown);
    expect(unknown.map(isKnownType)).toEqual([false, false, false]);
  });
});
