import type { Written } from './written.ts';

/** Materials of the sample catalog (api/sync/sample/), of many subjects. Rules write about the others. */
export const SAMPLE: readonly Written[] = [
  {
    subject: 'Matematika',
    title: 'Penjumlahan sampai 20',
    about: 'cara menjumlahkan dua bilangan dengan hasil paling besar 20',
    keywords: ['penjumlahan', 'bilangan', 'berhitung', 'bilangan sampai 20'],
    objectives: [
      'Murid dapat menjumlahkan dua bilangan dengan hasil sampai 20.',
      'Murid dapat menunjukkan penjumlahan dengan benda di sekitarnya.',
    ],
  },
  {
    subject: 'Matematika',
    title: 'Pecahan senilai',
    about: 'pecahan yang nilainya sama meskipun pembilang dan penyebutnya berbeda',
    keywords: ['pecahan', 'pecahan senilai', 'pembilang', 'penyebut'],
    objectives: [
      'Murid dapat menentukan pecahan yang senilai dengan pecahan tertentu.',
      'Murid dapat menjelaskan dengan gambar mengapa dua pecahan senilai.',
    ],
  },
  {
    subject: 'Matematika',
    title: 'Teorema Pythagoras',
    about: 'hubungan panjang ketiga sisi segitiga siku-siku',
    keywords: ['teorema Pythagoras', 'segitiga siku-siku', 'hipotenusa', 'panjang sisi'],
    objectives: [
      'Murid dapat menghitung panjang satu sisi segitiga siku-siku jika dua sisi lainnya diketahui.',
      'Murid dapat memeriksa dari panjang sisinya apakah sebuah segitiga siku-siku.',
    ],
  },
  {
    subject: 'IPAS',
    title: 'Rantai makanan di sawah',
    about: 'hubungan makan dan dimakan antara makhluk hidup di sawah',
    keywords: ['rantai makanan', 'sawah', 'produsen', 'konsumen'],
    objectives: [
      'Murid dapat menyusun rantai makanan dari makhluk hidup di sawah.',
      'Murid dapat memperkirakan akibatnya jika satu makhluk hidup dalam rantai makanan hilang.',
    ],
  },
  {
    subject: 'IPAS',
    title: 'Fotosintesis pada daun',
    about: 'cara daun membuat makanan dengan bantuan cahaya',
    keywords: ['fotosintesis', 'daun', 'cahaya matahari', 'klorofil'],
    objectives: [
      'Murid dapat menyebutkan bahan dan hasil fotosintesis.',
      'Murid dapat menjelaskan peran daun dan cahaya dalam fotosintesis.',
    ],
  },
  {
    subject: 'Fisika',
    title: 'Efek Doppler',
    about: 'perubahan frekuensi bunyi ketika sumber bunyi atau pendengarnya bergerak',
    keywords: ['efek Doppler', 'frekuensi', 'gelombang bunyi', 'sumber bunyi'],
    objectives: [
      'Murid dapat menjelaskan perubahan frekuensi bunyi saat sumber bunyi mendekat atau menjauh.',
      'Murid dapat menghitung frekuensi bunyi yang didengar dengan persamaan efek Doppler.',
    ],
  },
  {
    subject: 'Kimia',
    title: 'Korosi pagar besi',
    about: 'penyebab besi berkarat dan cara mencegahnya',
    keywords: ['korosi', 'besi', 'reaksi redoks', 'elektrokimia'],
    objectives: [
      'Murid dapat menjelaskan reaksi yang terjadi ketika besi berkarat.',
      'Murid dapat membandingkan beberapa cara melindungi besi dari korosi.',
    ],
  },
  {
    subject: 'Biologi',
    title: 'Daur karbon',
    about: 'perpindahan karbon antara udara, makhluk hidup, tanah, dan laut',
    keywords: ['daur karbon', 'karbon dioksida', 'ekosistem', 'respirasi'],
    objectives: [
      'Murid dapat menggambarkan daur karbon dalam sebuah ekosistem.',
      'Murid dapat menganalisis pengaruh kegiatan manusia terhadap daur karbon.',
    ],
  },
  {
    subject: 'IPS',
    title: 'Cincin Api Pasifik',
    about: 'jalur gunung api dan gempa bumi di sekeliling Samudra Pasifik',
    keywords: ['Cincin Api Pasifik', 'gunung api', 'gempa bumi', 'lempeng tektonik'],
    objectives: [
      'Murid dapat menunjukkan Cincin Api Pasifik pada peta.',
      'Murid dapat menjelaskan hubungan letak Indonesia dengan gempa bumi dan gunung api.',
    ],
  },
  {
    subject: 'Bahasa Indonesia',
    title: 'Teks prosedur',
    about: 'teks yang menerangkan langkah-langkah untuk melakukan sesuatu',
    keywords: ['teks prosedur', 'langkah-langkah', 'kalimat perintah', 'struktur teks'],
    objectives: [
      'Murid dapat menjelaskan struktur dan ciri bahasa teks prosedur.',
      'Murid dapat menulis teks prosedur dengan langkah yang runtut.',
    ],
  },
  {
    subject: 'Bahasa Inggris',
    title: 'Menunjukkan arah jalan',
    about: 'cara menunjukkan jalan dalam bahasa Inggris',
    keywords: ['menunjukkan jalan', 'petunjuk arah', 'peta', 'percakapan bahasa Inggris'],
    objectives: [
      'Murid dapat menunjukkan jalan ke sebuah tempat dalam bahasa Inggris.',
      'Murid dapat mengikuti petunjuk arah berbahasa Inggris pada peta.',
    ],
  },
  {
    subject: 'Informatika',
    title: 'Algoritma pencarian',
    about: 'langkah-langkah untuk menemukan sebuah data di antara banyak data',
    keywords: ['algoritma pencarian', 'pencarian berurutan', 'pencarian biner', 'data'],
    objectives: [
      'Murid dapat menelusuri langkah-langkah sebuah algoritma pencarian.',
      'Murid dapat membandingkan pencarian berurutan dengan pencarian biner.',
    ],
  },
  {
    subject: 'Pendidikan Pancasila',
    title: 'Norma dan keadilan',
    about: 'norma dalam kehidupan bersama dan kaitannya dengan keadilan',
    keywords: ['norma', 'keadilan', 'hak dan kewajiban', 'aturan'],
    objectives: [
      'Murid dapat menjelaskan fungsi norma dalam kehidupan bersama.',
      'Murid dapat menilai apakah sebuah tindakan adil menurut norma yang berlaku.',
    ],
  },
  {
    subject: 'Seni Rupa',
    title: 'Motif batik pesisir',
    about: 'ciri bentuk dan warna motif batik dari daerah pesisir',
    keywords: ['batik pesisir', 'motif', 'warna', 'budaya daerah'],
    objectives: [
      'Murid dapat menjelaskan ciri motif batik pesisir.',
      'Murid dapat merancang motif sederhana yang terilhami batik pesisir.',
    ],
  },
  {
    subject: 'PJOK',
    title: 'Dasar permainan bola voli',
    about: 'teknik dasar permainan bola voli',
    keywords: ['bola voli', 'teknik dasar', 'servis bawah', 'permainan beregu'],
    objectives: [
      'Murid dapat melakukan teknik dasar bola voli dengan sikap yang benar.',
      'Murid dapat bekerja sama dalam permainan bola voli beregu.',
    ],
  },
];
