import type { NewMaterial } from '../../client/index.ts';

/** Three materials as a teacher would add them: three subjects, three phases, three kinds. */
export const demoMaterials: readonly NewMaterial[] = [
  {
    subject: 'Matematika',
    title: 'Pecahan Senilai dengan Kertas Lipat',
    description:
      'Murid melipat kertas menjadi dua, empat, dan delapan bagian yang sama besar. ' +
      'Dari lipatan itu mereka menemukan bahwa 1/2, 2/4, dan 4/8 menyatakan bagian yang sama, ' +
      'lalu menuliskan pecahan senilai dengan mengalikan pembilang dan penyebut dengan bilangan ' +
      'yang sama.',
    type: 'Lembar Kerja',
    level: 'Fase B',
    theme: 'Bilangan',
    subtheme: 'Pecahan senilai',
  },
  {
    subject: 'IPA',
    title: 'Fotosintesis: Dapur Hijau Tumbuhan',
    description:
      'Video percobaan Ingenhousz dengan tanaman air Hydrilla. Gelembung oksigen yang dihasilkan ' +
      'di tempat terang dibandingkan dengan di tempat gelap. Murid menjelaskan peran ' +
      'cahaya matahari, karbon dioksida, air, dan klorofil, serta menyimpulkan bahwa ' +
      'fotosintesis menghasilkan glukosa dan oksigen.',
    type: 'Video',
    level: 'Fase D',
    theme: 'Makhluk hidup',
    subtheme: 'Fotosintesis',
  },
  {
    subject: 'Informatika',
    title: 'Berpikir Komputasional: Menyusun Algoritma Resep',
    description:
      'Modul tentang dekomposisi, pengenalan pola, abstraksi, dan algoritma. Murid ' +
      'menguraikan resep nasi goreng menjadi langkah yang jelas, menggambarnya sebagai diagram ' +
      'alir dengan percabangan dan perulangan, lalu mengujikan langkah itu kepada teman sebangku.',
    type: 'Modul',
    level: 'Fase E',
    theme: 'Berpikir komputasional',
    subtheme: 'Algoritma dan diagram alir',
  },
];
