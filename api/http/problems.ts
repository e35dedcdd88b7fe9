import type { ErrorCode } from '../errors.ts';

/** The text of a problem for people: its name, and what to do. */
interface Text {
  readonly title: string;
  readonly advice: string;
}

interface Problem extends Text {
  readonly status: number;
  readonly indonesian: Text;
}

/**
 * All problems that the API answers with. Only this file knows their statuses and texts. The keys
 * make the stable `type` URIs, and each URI is also a page.
 */
export const PROBLEMS = {
  malformed: {
    status: 400,
    title: 'The request cannot be read',
    advice: 'The detail says which part of the request is malformed. Correct it and send it again.',
    indonesian: {
      title: 'Permintaan tidak dapat dibaca',
      advice: 'Periksa bagian yang disebut dalam pesan, perbaiki, lalu kirim lagi.',
    },
  },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive',
    advice: 'The headers or the body did not arrive in time. Send the whole request at once.',
    indonesian: {
      title: 'Permintaan terlalu lama diterima',
      advice: 'Koneksi mungkin lambat atau terputus. Periksa koneksi, lalu kirim lagi.',
    },
  },
  expectation_failed: {
    status: 417,
    title: 'The expectation cannot be met',
    advice: 'The header Expect may only be 100-continue. Send the request without it.',
    indonesian: {
      title: 'Syarat dalam header Expect tidak dapat dipenuhi',
      advice: 'Kirim permintaan tanpa header Expect.',
    },
  },
  headers_too_large: {
    status: 431,
    title: 'The headers or the address are too large',
    advice: 'The address and the headers may have 16 KB together. Send less.',
    indonesian: {
      title: 'Header atau alamat terlalu panjang',
      advice: 'Alamat dan header bersama-sama paling banyak 16 KB. Perpendek keduanya.',
    },
  },
  not_signed_in: {
    status: 401,
    title: 'Not signed in',
    advice:
      'Sign in again. A program sends Authorization: Bearer with an access token or a service key.',
    indonesian: { title: 'Belum masuk', advice: 'Silakan masuk lagi dengan akun Google Anda.' },
  },
  token_refused: {
    status: 401,
    title: 'The token was refused',
    advice:
      'The sign-in has expired, has been used already, or is for another school. Sign in again.',
    indonesian: {
      title: 'Token ditolak',
      advice:
        'Proses masuk sudah kedaluwarsa, sudah dipakai, atau untuk sekolah lain. Silakan masuk lagi.',
    },
  },
  code_refused: {
    status: 401,
    title: 'The authorization code was refused',
    advice:
      'The code has expired, has been used already, or belongs to another sign-in. Sign in with Google again.',
    indonesian: {
      title: 'Kode masuk ditolak',
      advice:
        'Kode sudah kedaluwarsa, sudah dipakai, atau milik proses masuk yang lain. Silakan masuk lagi dengan Google.',
    },
  },
  not_signed: {
    status: 401,
    title: 'The request is not signed',
    advice:
      'Compare the signing secrets of the n8n credential with those of the API, and the clocks of both servers.',
    indonesian: {
      title: 'Permintaan tidak bertanda tangan',
      advice:
        'Cocokkan kunci tanda tangan pada kredensial n8n dengan milik API, dan periksa jam kedua server.',
    },
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    advice: 'Your role does not allow this. Ask an admin of the portal.',
    indonesian: {
      title: 'Tidak diizinkan',
      advice: 'Peran Anda tidak mengizinkan tindakan ini. Hubungi admin portal.',
    },
  },
  account_disabled: {
    status: 403,
    title: 'The account is disabled',
    advice: 'An admin has disabled this account. Ask an admin to enable it again.',
    indonesian: {
      title: 'Akun dinonaktifkan',
      advice: 'Admin telah menonaktifkan akun ini. Minta admin mengaktifkannya kembali.',
    },
  },
  not_invited: {
    status: 403,
    title: 'The address is not invited',
    advice:
      'Ask an admin to invite the address of your Google account. An invite can be used for 30 days.',
    indonesian: {
      title: 'Alamat belum diundang',
      advice: 'Minta admin mengundang alamat akun Google Anda. Undangan berlaku selama 30 hari.',
    },
  },
  code_sign_in_off: {
    status: 403,
    title: 'Sign-in by authorization code is off',
    advice:
      'Send an ID token instead, or set GOOGLE_CLIENT_SECRET and GOOGLE_REDIRECT_URIS for the API.',
    indonesian: {
      title: 'Masuk dengan kode otorisasi tidak aktif',
      advice: 'Kirim ID token, atau atur GOOGLE_CLIENT_SECRET dan GOOGLE_REDIRECT_URIS untuk API.',
    },
  },
  not_found: {
    status: 404,
    title: 'Not found',
    advice: 'Check the address and the id. It may belong to somebody else.',
    indonesian: {
      title: 'Tidak ditemukan',
      advice: 'Periksa alamat dan id-nya. Bisa jadi data itu milik orang lain.',
    },
  },
  method_not_allowed: {
    status: 405,
    title: 'Not a method of this address',
    advice: 'Use one of the methods in the Allow header of the answer.',
    indonesian: {
      title: 'Metode tidak tersedia di alamat ini',
      advice: 'Gunakan salah satu metode yang tercantum dalam header Allow.',
    },
  },
  job_ended: {
    status: 409,
    title: 'The job has ended',
    advice: 'Nothing was changed. A person can retry a job that failed.',
    indonesian: {
      title: 'Tugas sudah selesai',
      advice: 'Tidak ada yang berubah. Tugas yang gagal dapat dicoba lagi dari portal.',
    },
  },
  job_claimed: {
    status: 409,
    title: 'Another execution has claimed the job',
    advice: 'Let the other execution finish. This one has nothing to do.',
    indonesian: {
      title: 'Tugas sedang dikerjakan proses lain',
      advice: 'Biarkan proses itu selesai. Tidak ada yang perlu dilakukan di sini.',
    },
  },
  job_not_claimed: {
    status: 409,
    title: 'The job has not been claimed',
    advice: 'Start the job before you report progress or an end: in n8n, Materi Job: Start.',
    indonesian: {
      title: 'Tugas belum dimulai',
      advice: 'Mulai tugas sebelum melaporkan hasilnya: di n8n, pakai Materi Job: Start.',
    },
  },
  attempt_over: {
    status: 409,
    title: 'The attempt is over',
    advice: 'The job is at a later attempt. Let this execution end.',
    indonesian: {
      title: 'Percobaan ini sudah lewat',
      advice: 'Tugas sudah berada pada percobaan berikutnya. Akhiri proses ini.',
    },
  },
  job_not_failed: {
    status: 409,
    title: 'The job has not failed',
    advice: 'Only a job that failed can be retried. Load the job again to see its status.',
    indonesian: {
      title: 'Tugas tidak gagal',
      advice: 'Hanya tugas yang gagal dapat dicoba lagi. Muat ulang untuk melihat statusnya.',
    },
  },
  kind_taken: {
    status: 409,
    title: 'Another workflow takes these jobs',
    advice:
      'Unpublish the other workflow first, or let this one take over in the trigger’s options.',
    indonesian: {
      title: 'Tugas ini sudah diambil alur kerja lain',
      advice:
        'Nonaktifkan dulu alur kerja yang lain, atau pilih ambil alih pada opsi pemicu (trigger).',
    },
  },
  job_open: {
    status: 409,
    title: 'Another job is open',
    advice: 'Wait until the other job of this material or gap has ended.',
    indonesian: {
      title: 'Masih ada tugas lain',
      advice: 'Tunggu sampai tugas lain untuk materi atau kekosongan ini selesai.',
    },
  },
  content_decided: {
    status: 409,
    title: 'The content has been decided already',
    advice: 'Nothing was changed. Load it again to see who approved or rejected it.',
    indonesian: {
      title: 'Konten sudah diputuskan',
      advice: 'Tidak ada yang berubah. Muat ulang untuk melihat siapa yang memutuskannya.',
    },
  },
  last_admin: {
    status: 409,
    title: 'The last admin',
    advice: 'The portal needs an admin. Make another person an admin first.',
    indonesian: {
      title: 'Admin terakhir',
      advice: 'Portal harus memiliki admin. Jadikan orang lain admin terlebih dahulu.',
    },
  },
  invite_used: {
    status: 409,
    title: 'The invite has been used',
    advice: 'The person is already here. An admin can disable the account.',
    indonesian: {
      title: 'Undangan sudah dipakai',
      advice: 'Orangnya sudah terdaftar. Admin dapat menonaktifkan akunnya.',
    },
  },
  nothing_to_confirm: {
    status: 409,
    title: 'Nothing waits to be confirmed',
    advice: 'Load the catalog’s status again: somebody else may have confirmed it.',
    indonesian: {
      title: 'Tidak ada yang perlu dikonfirmasi',
      advice: 'Muat ulang status katalog: mungkin sudah dikonfirmasi orang lain.',
    },
  },
  key_in_flight: {
    status: 409,
    title: 'The same request is being answered',
    advice: 'Send the request again in a moment with the same Idempotency-Key.',
    indonesian: {
      title: 'Permintaan yang sama sedang diproses',
      advice: 'Tunggu sebentar, lalu kirim lagi dengan Idempotency-Key yang sama.',
    },
  },
  ambiguous: {
    status: 409,
    title: 'Several materials match',
    advice: 'Name the material by its id, or match by more fields, such as subject and level too.',
    indonesian: {
      title: 'Beberapa materi cocok',
      advice: 'Sebutkan id materinya, atau cocokkan juga dengan mata pelajaran dan fasenya.',
    },
  },
  gone: {
    status: 410,
    title: 'Deleted',
    advice: 'It was deleted in the sheet. If its row comes back there, it comes back here.',
    indonesian: {
      title: 'Sudah dihapus',
      advice:
        'Barisnya sudah dihapus dari spreadsheet. Jika baris itu dikembalikan, materinya kembali.',
    },
  },
  stale: {
    status: 412,
    title: 'It was changed in between',
    advice: 'Somebody else has changed it. Load it again, make your change, and save.',
    indonesian: {
      title: 'Sudah diubah orang lain',
      advice: 'Muat ulang, buat lagi perubahan Anda, lalu simpan.',
    },
  },
  too_large: {
    status: 413,
    title: 'The request is too large',
    advice: 'Send less at once: shorter texts or fewer items.',
    indonesian: {
      title: 'Permintaan terlalu besar',
      advice: 'Kirim lebih sedikit sekaligus: teks yang lebih pendek atau lebih sedikit data.',
    },
  },
  unsupported_media_type: {
    status: 415,
    title: 'Not JSON',
    advice: 'Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json.',
    indonesian: {
      title: 'Bukan JSON',
      advice:
        'Kirim isi permintaan sebagai JSON dalam UTF-8, tanpa kompresi, dengan Content-Type: application/json.',
    },
  },
  invalid: {
    status: 422,
    title: 'Some fields are not valid',
    advice: 'The errors name each field and what is wrong with it. Correct them and send again.',
    indonesian: {
      title: 'Ada isian yang tidak sesuai',
      advice: 'Setiap isian yang salah disebut beserta alasannya. Perbaiki, lalu kirim lagi.',
    },
  },
  key_reused: {
    status: 422,
    title: 'The idempotency key was used for something else',
    advice: 'Make a new Idempotency-Key for a new request.',
    indonesian: {
      title: 'Idempotency-Key sudah dipakai untuk permintaan lain',
      advice: 'Buat Idempotency-Key baru untuk permintaan baru.',
    },
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    advice: 'Wait as many seconds as Retry-After says, then send fewer requests a minute.',
    indonesian: {
      title: 'Terlalu banyak permintaan',
      advice: 'Tunggu sebentar, lalu coba lagi. Jangan kirim terlalu banyak permintaan sekaligus.',
    },
  },
  too_many_streams: {
    status: 429,
    title: 'Too many open streams',
    advice: 'Close streams that are not needed, such as those of other tabs.',
    indonesian: {
      title: 'Terlalu banyak aliran data terbuka',
      advice: 'Tutup tab lain yang tidak diperlukan, lalu coba lagi.',
    },
  },
  too_many_open_jobs: {
    status: 429,
    title: 'Too many open jobs',
    advice:
      'Nothing was changed. Wait until some jobs have ended, then try again. If none ends, tell your administrator: n8n may be down.',
    indonesian: {
      title: 'Terlalu banyak tugas yang belum selesai',
      advice:
        'Tidak ada yang berubah. Tunggu sampai beberapa tugas selesai, lalu coba lagi. Jika tidak ada yang selesai, hubungi administrator: n8n mungkin sedang tidak berjalan.',
    },
  },
  if_match_required: {
    status: 428,
    title: 'If-Match is required',
    advice: 'Read the material first, and send its ETag as If-Match with the change.',
    indonesian: {
      title: 'If-Match wajib ada',
      advice: 'Baca dulu materinya, lalu kirim ETag-nya sebagai If-Match bersama perubahan.',
    },
  },
  internal: {
    status: 500,
    title: 'Something went wrong',
    advice: 'Internal error. Send the request id to your administrator.',
    indonesian: {
      title: 'Terjadi kesalahan',
      advice: 'Kesalahan internal. Sampaikan id permintaan kepada administrator.',
    },
  },
  google_unavailable: {
    status: 503,
    title: 'Google cannot be reached',
    advice: 'Try again in a few minutes.',
    indonesian: {
      title: 'Google tidak dapat dihubungi',
      advice: 'Silakan coba lagi dalam beberapa menit.',
    },
  },
  overloaded: {
    status: 503,
    title: 'Too much to do at the moment',
    advice:
      'Nothing of the request was read. Wait as many seconds as Retry-After says, and send it again.',
    indonesian: {
      title: 'Portal sedang sibuk',
      advice: 'Permintaan belum diproses. Tunggu sebentar, lalu kirim lagi.',
    },
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    advice: 'Try again in a moment. If it stays so, tell your administrator.',
    indonesian: {
      title: 'Sedang tidak tersedia',
      advice: 'Silakan coba lagi sebentar lagi. Jika tetap begitu, hubungi administrator.',
    },
  },
} as const satisfies Record<ErrorCode, Problem> & Record<string, Problem>;

export type ProblemCode = keyof typeof PROBLEMS;

/** `not_found` → `/problems/not-found`. */
export function problemType(code: string): string {
  return `/problems/${code.replaceAll('_', '-')}`;
}
