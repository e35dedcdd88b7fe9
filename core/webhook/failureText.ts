import type { FailureCode } from './events.ts';

/** The text for teachers when a job has failed, in Indonesian and English. */
export const FAILURE_TEXT: Readonly<Record<FailureCode, { id: string; en: string }>> = {
  model_unavailable: {
    id: 'Gemini sedang tidak dapat dihubungi. Silakan coba lagi dalam beberapa menit.',
    en: 'Gemini cannot be reached at the moment. Try again in a few minutes.',
  },
  model_quota: {
    id: 'Kuota Gemini sekolah ini habis untuk sementara. Coba lagi nanti.',
    en: "The school's Gemini quota is used up for now. Try again later.",
  },
  model_refused: {
    id: 'Gemini menolak mengolah materi ini. Periksa isi materi, lalu coba lagi.',
    en: 'Gemini refused to work on this material. Check its text, then try again.',
  },
  model_key: {
    id: 'Kunci API Gemini tidak diterima. Minta admin memeriksanya, lalu coba lagi.',
    en: 'The Gemini API key was not accepted. Ask an admin to check it, then try again.',
  },
  model_not_found: {
    id: 'Model Gemini yang dipilih tidak tersedia lagi. Minta admin memilih model lain di n8n.',
    en: 'The chosen Gemini model is no longer available. Ask an admin to choose another one in n8n.',
  },
  answer_invalid: {
    id: 'Jawaban Gemini tidak lengkap atau tidak dapat dipakai. Coba lagi.',
    en: "Gemini's answer was incomplete or not usable. Try again.",
  },
  material_gone: {
    id: 'Materi ini sudah tidak ada di katalog.',
    en: 'This material is no longer in the catalog.',
  },
  workflow_error: {
    id: 'Proses n8n berhenti karena kesalahan. Coba lagi, atau hubungi admin.',
    en: 'The n8n workflow stopped on an error. Try again, or tell an admin.',
  },
  workflow_silent: {
    id: 'Proses n8n tidak selesai tepat waktu. Coba lagi.',
    en: 'The n8n workflow did not report back in time. Try again.',
  },
  workflow_absent: {
    id: 'Tidak ada proses n8n yang mengambil tugas ini. Minta admin memeriksa n8n.',
    en: 'No n8n workflow took this job. Ask an admin to check n8n.',
  },
};
