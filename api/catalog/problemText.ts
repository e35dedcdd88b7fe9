import type { CatalogProblem } from '../db/schema.ts';

/** Messages about rows, in Indonesian. The English text is the reported message. */
const IN_INDONESIAN: Readonly<Record<string, string>> = {
  no_title: 'tidak ada judul, jadi dilewati. Isi MATERIAL_TITLE.',
  total: 'baris jumlah, bukan materi, jadi dilewati.',
  incomplete:
    'SUBJECT_NAME kosong. Jika sel digabung, isinya hanya terbaca di baris pertama. Isi di setiap baris.',
  impossible_pair:
    'kurikulum tidak memiliki mata pelajaran ini pada fase itu. Periksa SUBJECT_NAME dan MATERIAL_LEVEL. Portal tidak mengubah keduanya.',
  cell_error:
    'sebuah sel menampilkan kesalahan rumus, jadi nilai sebelumnya tetap dipakai. Perbaiki rumusnya.',
  bad_id: 'MATERIAL_ID bukan id dari portal. Kosongkan sel itu.',
  bad_url:
    'MATERIAL_URL bukan satu alamat web, jadi portal tidak menampilkannya. Tulis lengkap, diawali http:// atau https://, tanpa spasi.',
  bad_character:
    'sebuah sel berisi karakter yang tidak terbaca (\ufffd). Ketik ulang karakter itu.',
  columns:
    'portal tidak membaca semua kolom tambahan (paling banyak 50, judul paling panjang 100 karakter). Kolom lain tidak diubah di spreadsheet.',
  unusable:
    'portal tidak dapat menyimpan baris ini, jadi baris ini dilewati. Periksa isi setiap selnya, lalu ketik ulang. Jika tidak berhasil, hubungi pengelola portal.',
  hidden:
    'baris ini disembunyikan oleh filter atau secara manual, jadi perubahan dari portal belum ditulis. Tampilkan baris ini.',
  merged:
    'sel yang akan diisi portal termasuk dalam sel gabungan. Pisahkan sel gabungan itu, lalu isi di setiap baris.',
  not_kept:
    'Google tidak menyimpan nilai dari portal di sel ini. Mungkin selnya digabung atau diisi oleh rumus di sel lain. Kosongkan atau pisahkan sel itu.',
  protected:
    'sel ini diproteksi, jadi perubahan dari portal belum ditulis. Izinkan akun layanan portal menyuntingnya.',
  parked:
    'Google menolak perubahan ini. Perubahan itu disimpan di portal dan akan dicoba lagi nanti.',
};

/** A problem as a teacher reads it. A kind without an Indonesian text keeps the reported message. */
export function problemText({ rowNumber, kind, message }: CatalogProblem): {
  id: string;
  en: string;
} {
  const text = IN_INDONESIAN[kind];
  if (text === undefined) return { id: message, en: message };
  return { id: rowNumber === null ? text : `Baris ${rowNumber}: ${text}`, en: message };
}
