import { describe, expect, it } from '@jest/globals';
import { levelNameOf, levelsOf } from './index.ts';

/** `BC` for Fase B and Fase C; `P` for Fase Fondasi. */
const letters = (text: string) =>
  levelsOf(text)
    .map((level) => (level === 'Fase Fondasi' ? 'P' : level.at(-1)))
    .join('');

describe('The levels of a text', () => {
  it.each([
    ...['A', 'B', 'C', 'D', 'E', 'F'].flatMap((letter) =>
      [letter, letter.toLowerCase(), `Fase ${letter}`, `FASE ${letter}`, `fase-${letter}`].map(
        (text) => [text, letter],
      ),
    ),
    ['Kelas IV', 'B'],
    ['4', 'B'],
    ['kelas 7 SMP', 'D'],
    ['SMP/MTs Kelas VIII', 'D'],
    ['XII', 'F'],
    ['kls 4', 'B'],
    ['kls. 4', 'B'],
    ['Kls.IV', 'B'],
    ['kelas4', 'B'],
    ['Grade 5', 'C'],
    ['kelas empat', 'B'],
    ['Kelas IV (empat)', 'B'],
    ['kelas dua belas', 'F'],
    ['Murid kelas 6', 'C'],
    ['\u00a0Kelas\u00a04\u200b', 'B'],
  ])('reads one class or phase: %j', (text, expected) => expect(letters(text)).toBe(expected));

  it.each([
    ['Kelas VII/1', 'D'],
    ['VII A', 'D'],
    ['VII-A', 'D'],
    ['VIIA', 'D'],
    ['7A', 'D'],
    ['Kelas 5B', 'C'],
    ['VII-2', 'D'],
    ['X-11', 'E'],
    ['7-2', 'D'],
    ['7/2', 'D'],
    ['Kelas III/II', 'B'],
    ['Kelas X TKJ', 'E'],
    ['X TKJ 1', 'E'],
    ['XI IPA 2', 'F'],
    ['XII-MIPA-3', 'F'],
    ['Kelas X Tata Boga', 'E'],
    ['Kelas VII Semester 1', 'D'],
    ['VIII/Ganjil', 'D'],
    ['Semester 2 Kelas 8', 'D'],
    ['Kelas 7 tahun 2026/2027', 'D'],
  ])('does not take a group, a branch or a semester for a class: %j', (text, expected) =>
    expect(letters(text)).toBe(expected),
  );

  it.each([
    ['Kelas 1-2', 'A'],
    ['Kelas 1 - 3', 'AB'],
    ['Kelas 4–6', 'BC'],
    ['IV-VI', 'BC'],
    ['Kelas 4 s.d. 6', 'BC'],
    ['kelas 4 s/d 6', 'BC'],
    ['Kelas 4 sampai Kelas VI', 'BC'],
    ['7/8/9', 'D'],
    ['X/XI/XII', 'EF'],
    ['10-12', 'EF'],
    ['I, II, III', 'AB'],
    ['Kelas 6 dan 7', 'CD'],
    ['Kelas 6 & 7', 'CD'],
    ['5B dan 7A', 'CD'],
    ['Fase A dan B', 'AB'],
    ['Fase B, Fase C', 'BC'],
    ['Fase C, Fase B', 'BC'],
    ['Fase E/F', 'EF'],
    ['Fase D-F', 'DEF'],
    ['Fase A – Fase C', 'ABC'],
    ['A-C', 'ABC'],
    ['Fase B (Kelas III-IV) dan Fase C (Kelas V-VI)', 'BC'],
  ])('reads several levels, in order: %j', (text, expected) =>
    expect(letters(text)).toBe(expected),
  );

  it.each([
    ['Fase C (Kelas V)', 'C'],
    ['Fase C (V)', 'C'],
    ['Fase D/VII', 'D'],
    ['fase D kelas 7', 'D'],
    ['Fase C (Kelas VII)', 'CD'],
  ])('reads a phase with its class: %j', (text, expected) => expect(letters(text)).toBe(expected));

  it.each([
    ['SD', 'ABC'],
    ['SD/MI', 'ABC'],
    ['MTs', 'D'],
    ['SMA/SMK', 'EF'],
    ['Paket A', 'ABC'],
    ['Paket B', 'D'],
    ['TK A', 'P'],
    ['TK B', 'P'],
    ['TK B (5-6 tahun)', 'P'],
    ['Kelompok A', 'P'],
    ['RA', 'P'],
    ['PAUD', 'P'],
    ['Taman Kanak-Kanak', 'P'],
    ['Fase Fondasi', 'P'],
    ['TK B dan Kelas 1', 'PA'],
    ['TK/SD', 'PABC'],
  ])('reads a kind of school: %j', (text, expected) => expect(letters(text)).toBe(expected));

  it.each([
    ...['', '0', '13', 'Fase G', 'iiii', 'Kelas', 'Kelas 13', 'Kelas 13 SMA', 'Semester 1'],
    ...['4 menit', 'Usia 5-6 tahun', 'B1', 'IPA', 'ID', 'E-book', 'C. Ekosistem', 'via'],
    ...['Perkalian kelas 4', 'Video untuk Fase A', 'Semua kelas', '2026/2027', '-', '()'],
    `Kelas 4${' '.repeat(100)}dan 5`,
  ])('does not guess from %j', (text) => expect(levelsOf(text)).toEqual([]));

  it('are written in one way, and an unknown text stays as written', () => {
    expect(['kls 4', 'Kelas 7, 10', 'TK A', ' Level 3 UMUM '].map(levelNameOf)).toEqual([
      'Fase B',
      'Fase D, Fase E',
      'Fase Fondasi',
      'Fase B',
    ]);
    expect([' Semua jenjang ', 'dewasa'].map(levelNameOf)).toEqual(['Semua jenjang', 'dewasa']);
  });
});
