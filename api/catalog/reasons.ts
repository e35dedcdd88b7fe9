/** Why sync has stopped, as a teacher reads it: what happened, and what to do. */
export const STOP_TEXT = {
  no_access: {
    id: 'Portal tidak dapat membuka lembar katalog. Bagikan lembar itu dengan akun layanan portal sebagai Editor.',
    en: 'The portal cannot open the catalog sheet. Share it with the portal’s service account as an Editor.',
  },
  tab_missing: {
    id: 'Tab katalog tidak ditemukan: mungkin diganti nama atau dihapus. Kembalikan nama tab itu.',
    en: 'The catalog’s tab was not found: it may have been renamed or deleted. Give it its name back.',
  },
  header: {
    id: 'Judul kolom katalog tidak lengkap atau ganda. Kembalikan judul kolom yang disebut di bawah.',
    en: 'A column header of the catalog is missing or stands twice. Put the one named below back.',
  },
  emptied: {
    id: 'Lembar katalog kosong, padahal sebelumnya berisi materi. Pulihkan lewat File > Histori versi.',
    en: 'The catalog sheet is empty, but held materials before. Restore it with File > Version history.',
  },
  vanished: {
    id: 'Lebih dari 20 % materi hilang sekaligus dari lembar. Pulihkan lewat File > Histori versi, atau minta admin mengonfirmasi bahwa itu disengaja.',
    en: 'More than 20 % of the materials vanished from the sheet at once. Restore them with File > Version history, or have an admin confirm that it was meant.',
  },
  protected: {
    id: 'Sebagian lembar katalog diproteksi. Izinkan akun layanan portal menyuntingnya.',
    en: 'A part of the catalog sheet is protected. Let the portal’s service account edit it.',
  },
  full: {
    id: 'Lembar katalog sudah penuh (batas Google 10 juta sel). Hapus baris atau kolom yang kosong.',
    en: 'The catalog sheet is full (Google allows 10 million cells). Delete empty rows or columns.',
  },
  refused: {
    id: 'Google menolak tulisan ke lembar katalog. Perubahan disimpan di portal dan akan dicoba lagi.',
    en: 'Google refused a write to the catalog sheet. Changes are kept in the portal and tried again.',
  },
  quota: {
    id: 'Kuota Google habis untuk sementara. Perubahan disimpan di portal dan akan ditulis sebentar lagi.',
    en: 'Google’s quota is used up for now. Changes are kept in the portal and written shortly.',
  },
  unreachable: {
    id: 'Google tidak dapat dihubungi. Perubahan disimpan di portal dan akan ditulis begitu Google kembali.',
    en: 'Google cannot be reached. Changes are kept in the portal and written once it is back.',
  },
  internal: {
    id: 'Sinkronisasi gagal karena kesalahan pada portal. Perubahan disimpan di portal dan akan dicoba lagi. Jika tidak pulih sendiri, hubungi pengelola portal.',
    en: 'Sync failed because of an error in the portal. Changes are kept in the portal and sync is tried again. If that does not help, tell the person who runs the portal.',
  },
  overdue: {
    id: 'Lembar katalog belum dibaca selama lebih dari satu menit. Perubahan disimpan di portal. Jika berlangsung lebih lama, hubungi pengelola portal.',
    en: 'The catalog sheet was not read for more than a minute. Changes are kept in the portal. If this lasts, tell the person who runs the portal.',
  },
} as const satisfies Record<string, { id: string; en: string }>;

export type StopReason = keyof typeof STOP_TEXT;
