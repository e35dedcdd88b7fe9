import type { StopReason } from '../db/schema.ts';

/** Why sync has stopped, as a teacher reads it: what happened, and what to do. */
export const STOP_TEXT: Readonly<Record<StopReason, { id: string; en: string }>> = {
  no_access: {
    id: 'Portal tidak dapat membuka spreadsheet katalog. Bagikan spreadsheet itu dengan akun layanan portal sebagai Editor.',
    en: 'The portal cannot open the catalog’s spreadsheet. Share it with the portal’s service account as an Editor.',
  },
  tab_missing: {
    id: 'Tab katalog tidak ditemukan. Mungkin namanya diganti atau tabnya dihapus. Kembalikan nama tab seperti semula.',
    en: 'The catalog’s tab was not found. It may have been renamed or deleted. Give the tab its name back.',
  },
  header: {
    id: 'Judul kolom katalog tidak lengkap atau ganda. Kembalikan judul kolom yang disebut di bawah.',
    en: 'A column header of the catalog is missing or is there twice. Correct the header named below.',
  },
  emptied: {
    id: 'Tab katalog kosong, padahal sebelumnya berisi materi. Pulihkan lewat File > Histori versi.',
    en: 'The catalog’s tab is empty, but held materials before. Restore it with File > Version history.',
  },
  vanished: {
    id: 'Lebih dari 20% materi hilang sekaligus dari spreadsheet. Pulihkan lewat File > Histori versi, atau minta admin mengonfirmasi bahwa itu disengaja.',
    en: 'More than 20% of the materials vanished from the sheet at once. Restore them with File > Version history, or ask an admin to confirm that it was meant.',
  },
  protected: {
    id: 'Sebagian spreadsheet katalog diproteksi. Izinkan akun layanan portal menyuntingnya.',
    en: 'A part of the catalog’s spreadsheet is protected. Let the portal’s service account edit it.',
  },
  full: {
    id: 'Spreadsheet katalog sudah penuh (batas Google 10 juta sel). Hapus baris atau kolom yang kosong.',
    en: 'The catalog’s spreadsheet is full (Google allows 10 million cells). Delete empty rows or columns.',
  },
  refused: {
    id: 'Google menolak perubahan pada spreadsheet katalog. Perubahan disimpan di portal dan akan dicoba lagi.',
    en: 'Google refused a write to the catalog’s spreadsheet. The portal keeps the changes and tries again.',
  },
  quota: {
    id: 'Kuota Google habis untuk sementara. Perubahan disimpan di portal dan akan ditulis sebentar lagi.',
    en: 'Google’s quota is used up for now. The portal keeps the changes and writes them shortly.',
  },
  unreachable: {
    id: 'Google tidak dapat dihubungi. Perubahan disimpan di portal dan akan ditulis begitu Google dapat dihubungi lagi.',
    en: 'Google cannot be reached. The portal keeps the changes and writes them when Google can be reached again.',
  },
  internal: {
    id: 'Sinkronisasi gagal karena kesalahan pada portal. Perubahan disimpan di portal dan akan dicoba lagi. Jika tidak pulih sendiri, hubungi pengelola portal.',
    en: 'Sync failed because of an error in the portal. The portal keeps the changes and tries again. If that does not help, tell the person who runs the portal.',
  },
  overdue: {
    id: 'Spreadsheet katalog belum dibaca selama lebih dari tiga menit. Perubahan disimpan di portal. Jika berlangsung lebih lama, hubungi pengelola portal.',
    en: 'The catalog’s spreadsheet was not read for more than three minutes. The portal keeps the changes. If this lasts, tell the person who runs the portal.',
  },
};
