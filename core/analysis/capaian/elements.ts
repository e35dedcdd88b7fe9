import type { Level } from '../../material/index.ts';

/** Fase A to F as letters: `BC` is Fase B and Fase C. */
type Phases = string;

export interface Element {
  /** Part of the id: `BIL` in `MAT-A-BIL`. */
  readonly code: string;
  readonly name: string;
  readonly phases: Phases;
}

export interface SubjectElements {
  /** The first part of the id. */
  readonly code: string;
  readonly elements: readonly Element[];
}

/** The decision that orders these elements. Its texts are not copied here. */
export const CAPAIAN_SOURCE = 'BSKAP 046/H/KR/2025';

export function isIn(phases: Phases, level: Level): boolean {
  return phases.includes(level.slice(-1));
}

const element = (code: string, name: string, phases: Phases): Element => ({ code, name, phases });

const understandingAndProcess = (concept: string, process: string, phases: Phases) => [
  element('PEM', concept, phases),
  element('KP', process, phases),
];

const science = (code: string, name: string, phases: Phases): SubjectElements => ({
  code,
  elements: understandingAndProcess(`Pemahaman ${name}`, 'Keterampilan Proses', phases),
});

const social = (code: string, phases: Phases): SubjectElements => ({
  code,
  elements: understandingAndProcess('Pemahaman Konsep', 'Keterampilan Proses', phases),
});

const art = (code: string): SubjectElements => ({
  code,
  elements: [
    element('ALM', 'Mengalami', 'ABCDEF'),
    element('REF', 'Merefleksikan', 'ABCDEF'),
    element('ART', 'Berpikir dan Bekerja Artistik', 'ABCDEF'),
    element('CIP', 'Menciptakan', 'ABCDEF'),
    element('DAM', 'Berdampak', 'ABCDEF'),
  ],
});

/**
 * The elements of Capaian Pembelajaran, by the subject's name in the catalog. The list leaves out a subject or a
 * Fase if its elements are not certain. An analysis of such a material names no element.
 */
export const ELEMENTS: Readonly<Record<string, SubjectElements>> = {
  Matematika: {
    code: 'MAT',
    elements: [
      element('BIL', 'Bilangan', 'ABCDEF'),
      element('ALJ', 'Aljabar', 'ABCD'),
      element('ALF', 'Aljabar dan Fungsi', 'EF'),
      element('UKR', 'Pengukuran', 'ABCD'),
      element('GEO', 'Geometri', 'ABCDEF'),
      element('ADP', 'Analisis Data dan Peluang', 'ABCDEF'),
    ],
  },
  'Bahasa Indonesia': {
    code: 'BIN',
    elements: [
      element('MNY', 'Menyimak', 'ABCDEF'),
      element('MMB', 'Membaca dan Memirsa', 'ABCDEF'),
      element('BCR', 'Berbicara dan Mempresentasikan', 'ABCDEF'),
      element('MNL', 'Menulis', 'ABCDEF'),
    ],
  },
  'Bahasa Inggris': {
    code: 'BIG',
    elements: [
      element('MB', 'Menyimak - Berbicara', 'ABCDEF'),
      element('MM', 'Membaca - Memirsa', 'BCDEF'),
      element('MP', 'Menulis - Mempresentasikan', 'BCDEF'),
    ],
  },
  IPAS: science('IPAS', 'IPAS', 'BC'),
  IPA: science('IPA', 'IPA', 'D'),
  Fisika: science('FIS', 'Fisika', 'EF'),
  Kimia: science('KIM', 'Kimia', 'EF'),
  Biologi: science('BIO', 'Biologi', 'EF'),
  IPS: social('IPS', 'D'),
  Ekonomi: social('EKO', 'EF'),
  Geografi: social('GGR', 'EF'),
  Sosiologi: social('SOS', 'EF'),
  Sejarah: social('SEJ', 'EF'),
  Antropologi: social('ANT', 'F'),
  Informatika: {
    code: 'INF',
    elements: [
      element('BK', 'Berpikir Komputasional', 'DEF'),
      element('LD', 'Literasi Digital', 'DEF'),
      element('AP', 'Algoritma dan Pemrograman', 'F'),
      element('AD', 'Analisis Data', 'F'),
    ],
  },
  'Koding dan Kecerdasan Artifisial': {
    code: 'KKA',
    elements: [
      element('BK', 'Berpikir Komputasional', 'CDEF'),
      element('LD', 'Literasi Digital', 'CDEF'),
      element('LEKA', 'Literasi dan Etika Kecerdasan Artifisial', 'CDEF'),
      element('AP', 'Algoritma Pemrograman', 'EF'),
      element('AD', 'Analisis Data', 'EF'),
    ],
  },
  'Pendidikan Pancasila': {
    code: 'PPA',
    elements: [
      element('PCS', 'Pancasila', 'ABCDEF'),
      element('UUD', 'Undang-Undang Dasar Negara Republik Indonesia Tahun 1945', 'ABCDEF'),
      element('BTI', 'Bhinneka Tunggal Ika', 'ABCDEF'),
      element('NKRI', 'Negara Kesatuan Republik Indonesia', 'ABCDEF'),
    ],
  },
  'Pendidikan Agama Islam dan Budi Pekerti': {
    code: 'PAI',
    elements: [
      element('QH', 'Al-Qur’an Hadis', 'ABCDEF'),
      element('AKD', 'Akidah', 'ABCDEF'),
      element('AKL', 'Akhlak', 'ABCDEF'),
      element('FIK', 'Fikih', 'ABCDEF'),
      element('SPI', 'Sejarah Peradaban Islam', 'ABCDEF'),
    ],
  },
  PJOK: {
    code: 'PJOK',
    elements: [
      element('TB', 'Terampil Bergerak', 'ABCDEF'),
      element('BG', 'Belajar melalui Gerak', 'ABCDEF'),
      element('GA', 'Bergaya Hidup Aktif', 'ABCDEF'),
      element('HS', 'Memilih Hidup yang Menyehatkan', 'ABCDEF'),
    ],
  },
  'Seni Rupa': art('RUPA'),
  'Seni Musik': art('MUSIK'),
  'Seni Tari': art('TARI'),
  'Seni Teater': art('TEATER'),
};
