import type { CatalogProblem } from '../db/schema.ts';

/** What is wrong with a row and what to do, in Indonesian; the English is core's own message. */
const IN_INDONESIAN: Readonly<Record<string, string>> = {
  no_title: 'tidak ada judul, jadi dibiarkan. Isi MATERIAL_TITLE.',
  total: 'jumlah, bukan materi; dibiarkan.',
  incomplete: 'SUBJECT_NAME kosong. Sel gabungan hanya berlaku untuk baris pertamanya.',
  cell_error:
    'sebuah sel menampilkan galat rumus; nilai sebelumnya tetap dipakai. Perbaiki rumusnya.',
  bad_id: 'MATERIAL_ID bukan id dari portal. Kosongkan sel itu.',
  bad_url:
    'MATERIAL_URL bukan satu alamat web, jadi portal tidak menampilkannya. Tulis lengkap, diawali http:// atau https://, tanpa spasi.',
  bad_character:
    'sebuah sel berisi karakter yang tidak terbaca (\ufffd). Ketik ulang karakter itu.',
  columns:
    'portal tidak membaca semua kolom tambahan (paling banyak 50, judul paling panjang 100 karakter). Kolom lain dibiarkan di lembar.',
  parked: 'Google menolak perubahan ini; perubahan itu disimpan di portal dan dicoba lagi nanti.',
};

/** A problem as a teacher reads it; one of a kind that has no text of its own, as it was reported. */
export function problemText({ rowNumber, kind, message }: CatalogProblem): {
  id: string;
  en: string;
} {
  const text = IN_INDONESIAN[kind];
  if (text === undefined) return { id: message, en: message };
  return { id: rowNumber === null ? text : `Baris ${rowNumber}: ${text}`, en: message };
}
