import type { Written } from './written.ts';

/** The materials that `npm run demo` adds (local/demo/materials.ts). */
export const DEMO: readonly Written[] = [
  {
    subject: 'Matematika',
    title: 'Pecahan Senilai dengan Kertas Lipat',
    about:
      'pecahan senilai melalui kegiatan melipat kertas menjadi dua, empat, dan delapan bagian yang sama besar',
    keywords: ['pecahan senilai', 'pembilang', 'penyebut', 'kertas lipat'],
    objectives: [
      'Murid dapat menunjukkan dengan lipatan kertas bahwa 1/2, 2/4, dan 4/8 menyatakan bagian yang sama.',
      'Murid dapat menentukan pecahan senilai dengan mengalikan pembilang dan penyebut dengan bilangan yang sama.',
    ],
    evidence: [
      {
        claim: 'Murid menemukan dari lipatan bahwa 1/2, 2/4, dan 4/8 menyatakan bagian yang sama.',
        quote:
          'Dari lipatan itu mereka menemukan bahwa 1/2, 2/4, dan 4/8 menyatakan bagian yang sama',
      },
      {
        claim: 'Murid menulis pecahan senilai dengan mengalikan pembilang dan penyebut.',
        quote:
          'menuliskan pecahan senilai dengan mengalikan pembilang dan penyebut dengan bilangan yang sama',
      },
    ],
  },
  {
    subject: 'IPA',
    title: 'Fotosintesis: Dapur Hijau Tumbuhan',
    about:
      'fotosintesis melalui percobaan Ingenhousz dengan tanaman air Hydrilla di tempat terang dan di tempat gelap',
    keywords: ['fotosintesis', 'percobaan Ingenhousz', 'klorofil', 'oksigen', 'glukosa'],
    objectives: [
      'Murid dapat membandingkan gelembung oksigen yang dihasilkan tanaman di tempat terang dan di tempat gelap.',
      'Murid dapat menjelaskan peran cahaya matahari, karbon dioksida, air, dan klorofil dalam fotosintesis.',
      'Murid dapat menyimpulkan bahwa fotosintesis menghasilkan glukosa dan oksigen.',
    ],
    evidence: [
      {
        claim: 'Percobaan membandingkan tanaman di tempat terang dan di tempat gelap.',
        quote:
          'Gelembung oksigen yang dihasilkan di tempat terang dibandingkan dengan di tempat gelap.',
      },
      {
        claim: 'Materi menyebutkan hasil fotosintesis.',
        quote: 'fotosintesis menghasilkan glukosa dan oksigen',
      },
    ],
  },
  {
    subject: 'Informatika',
    title: 'Berpikir Komputasional: Menyusun Algoritma Resep',
    about: 'dekomposisi, pengenalan pola, abstraksi, dan algoritma dengan resep nasi goreng',
    keywords: ['berpikir komputasional', 'dekomposisi', 'algoritma', 'diagram alir', 'perulangan'],
    objectives: [
      'Murid dapat menguraikan resep menjadi langkah-langkah yang jelas.',
      'Murid dapat menggambar langkah-langkah itu sebagai diagram alir dengan percabangan dan perulangan.',
      'Murid dapat mengujikan langkah-langkah yang disusunnya kepada teman sebangku.',
    ],
    evidence: [
      {
        claim: 'Modul membahas dekomposisi, pengenalan pola, abstraksi, dan algoritma.',
        quote: 'Modul tentang dekomposisi, pengenalan pola, abstraksi, dan algoritma.',
      },
      {
        claim: 'Murid menggambar diagram alir.',
        quote: 'diagram alir dengan percabangan dan perulangan',
      },
    ],
  },
];
