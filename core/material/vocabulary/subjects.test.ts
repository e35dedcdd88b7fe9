import { describe, expect, it } from '@jest/globals';
import {
  impossibleLevels,
  isImpossiblePair,
  isKnownSubject,
  LEVELS,
  phasesOf,
  subjectOf,
} from './index.ts';

const PAI = 'Pendidikan Agama Islam dan Budi Pekerti';

describe('A subject', () => {
  it.each([
    ['MTK', 'Matematika'],
    ['matematika', 'Matematika'],
    ['PPKn', 'Pendidikan Pancasila'],
    ['Bhs. Indonesia', 'Bahasa Indonesia'],
    ['Bhs.Inggris', 'Bahasa Inggris'],
    ['B. Inggris', 'Bahasa Inggris'],
    ['Bhs Jawa', 'Bahasa Jawa'],
    ['PAI', PAI],
    ['PAI & BP', PAI],
    ['Agama Islam', PAI],
    ['Pendidikan Agama Konghucu', 'Pendidikan Agama Khonghucu dan Budi Pekerti'],
    ['Ilmu Pengetahuan Alam dan Sosial', 'IPAS'],
    ['Sains', 'IPA'],
    ['TIK', 'Informatika'],
    ['KKA', 'Koding dan Kecerdasan Artifisial'],
    ['Koding', 'Koding dan Kecerdasan Artifisial'],
    ['Pendidikan Jasmani, Olahraga dan Kesehatan', 'PJOK'],
    ['Penjas', 'PJOK'],
    ['PKWU', 'Prakarya dan Kewirausahaan'],
    ['Mulok', 'Muatan Lokal'],
    ['Al-Qur’an Hadis', "Al-Qur'an Hadis"],
    ['Quran Hadits', "Al-Qur'an Hadis"],
    ['Fiqih', 'Fikih'],
    ['SKI', 'Sejarah Kebudayaan Islam'],
    ['Bahasa Perancis', 'Bahasa Prancis'],
    ['PKK', 'Projek Kreatif dan Kewirausahaan'],
  ])('%j is %s', (text, subject) => {
    expect(subjectOf(text)).toBe(subject);
    expect(isKnownSubject(text)).toBe(true);
  });

  it('that is unknown stays as written, and no phase is impossible for it', () => {
    expect(subjectOf(' Tata Rias ')).toBe('Tata Rias');
    expect(phasesOf('Tata Rias')).toBeUndefined();
    expect(LEVELS.filter((level) => isImpossiblePair('Tata Rias', level))).toEqual([]);
    expect(isKnownSubject('x'.repeat(1_000))).toBe(false);
  });

  it.each([
    [PAI, 'ABCDEF'],
    ['Pendidikan Agama Hindu dan Budi Pekerti', 'ABCDEF'],
    ['IPAS', 'BC'],
    ['IPA', 'D'],
    ['IPS', 'D'],
    ['Sejarah', 'EF'],
    ['Antropologi', 'F'],
    ['Matematika Tingkat Lanjut', 'F'],
    ['Informatika', 'DEF'],
    ['KKA', 'CDEF'],
    ['Prakarya', 'D'],
    ['PKWU', 'EF'],
    ['Bahasa Sunda', 'ABCDEF'],
    ['Bahasa Arab', 'ABCDEF'],
    ['Projek IPAS', 'E'],
    ['Konsentrasi Keahlian', 'F'],
    ['Fikih', 'ABCDEF'],
  ])('%j has the phases %s', (subject, letters) => {
    expect(phasesOf(subject)).toEqual(Array.from(letters, (letter) => `Fase ${letter}`));
  });

  it('in a phase that the curriculum does not have it in is an impossible pair', () => {
    expect(isImpossiblePair('Sains', 'Fase C')).toBe(true);
    expect(isImpossiblePair('IPAS', 'Fase C')).toBe(false);
    expect(isImpossiblePair('Matematika', 'Fase Fondasi')).toBe(true);
    expect(isImpossiblePair('Jati Diri', 'Fase Fondasi')).toBe(false);
    expect(impossibleLevels('IPA', 'Kelas 5-7')).toEqual(['Fase C']);
    expect(impossibleLevels('IPA', 'semua')).toEqual([]);
  });
});
