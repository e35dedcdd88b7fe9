import { describe, expect, it } from '@jest/globals';
import { closest, listed } from './closest.ts';

describe('The closest column name', () => {
  it.each([
    ['MATERIAL_DECS', 'MATERIAL_DESC'],
    ['judul', 'Judul'],
    ['Catatan Gru', 'Catatan Guru'],
    ['Harga', undefined],
    ['', undefined],
  ])('finds for the name %j the closest column %j', (name, expected) => {
    expect(closest(name, ['MATERIAL_DESC', 'Judul', 'Catatan Guru', ''])).toBe(expected);
  });

  it('finds nothing for a name, or beyond a list, that is too long to be of columns', () => {
    expect(closest('x'.repeat(1_000_000), ['x'.repeat(1_000_000)])).toBeUndefined();
    const many = Array.from({ length: 1_000 }, (_, n) => `Kolom nomor ${n}`);
    expect(closest('Kolom nomor 0', many)).toBe('Kolom nomor 0');
    expect(closest('Catatan Guru', [...many, 'Catatan Guru'])).toBeUndefined();
  });

  it('lists at most 20 names, each of at most 60 characters', () => {
    const text = listed(Array.from({ length: 30 }, () => 'x'.repeat(100)));
    expect(text).toMatch(/ and 10 more$/);
    expect(text.length).toBeLessThan(1_300);
  });
});
