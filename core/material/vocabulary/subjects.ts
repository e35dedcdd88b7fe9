import { trimBlanks } from '../text.ts';
import { levelsOf, LEVELS, type Level } from './levels.ts';
import { nameFinder } from './name.ts';

const FONDASI: readonly Level[] = ['Fase Fondasi'];
const A_TO_F: readonly Level[] = LEVELS.filter((level) => level !== 'Fase Fondasi');
const B_TO_C: readonly Level[] = ['Fase B', 'Fase C'];
const C_TO_F: readonly Level[] = ['Fase C', 'Fase D', 'Fase E', 'Fase F'];
const D: readonly Level[] = ['Fase D'];
const D_TO_F: readonly Level[] = ['Fase D', 'Fase E', 'Fase F'];
const E: readonly Level[] = ['Fase E'];
const E_TO_F: readonly Level[] = ['Fase E', 'Fase F'];
const F: readonly Level[] = ['Fase F'];

/** A subject's catalog name, the phases in which the curriculum has it, and its other names. */
type Subject = readonly [name: string, phases: readonly Level[], otherNames?: readonly string[]];

/** Such as `Agama Kristen`: religions have names of one form. */
const religion = (name: string, ...otherNames: string[]): Subject => [
  `Pendidikan Agama ${name} dan Budi Pekerti`,
  A_TO_F,
  [`Pendidikan Agama ${name}`, `Agama ${name}`, `PA ${name}`, ...otherNames],
];

const language = (name: string, phases: readonly Level[], ...otherNames: string[]): Subject => [
  `Bahasa ${name}`,
  phases,
  [`Bhs ${name}`, `B ${name}`, ...otherNames],
];

/** Languages of regions that schools teach. Another one stays as written, without phases. */
const REGIONAL = [
  ...[
    'Aceh',
    'Bali',
    'Banjar',
    'Batak',
    'Bugis',
    'Dayak',
    'Gorontalo',
    'Jawa',
    'Lampung',
    'Madura',
  ],
  ...['Makassar', 'Melayu', 'Minangkabau', 'Osing', 'Sasak', 'Sunda', 'Ternate', 'Toraja'],
];

/**
 * The subjects of Kurikulum Merdeka (Capaian Pembelajaran, BSKAP 046/H/KR/2025; for madrasah KMA
 * 1503/2025). Bahasa Arab is in Fase F of schools and in every phase of madrasah. PAUD has no subjects: its
 * three elements take their place.
 */
const SUBJECTS: readonly Subject[] = [
  religion('Islam', 'PAI', 'PAIBP', 'PAI BP', 'PAI dan BP', 'PAI dan Budi Pekerti'),
  religion('Kristen', 'Pendidikan Agama Kristen Protestan'),
  religion('Katolik', 'Pendidikan Agama Katholik'),
  religion('Hindu'),
  religion('Buddha', 'Pendidikan Agama Budha'),
  religion('Khonghucu', 'Pendidikan Agama Konghucu'),
  [
    'Pendidikan Kepercayaan terhadap Tuhan Yang Maha Esa dan Budi Pekerti',
    A_TO_F,
    ['Pendidikan Kepercayaan', 'Pendidikan Kepercayaan terhadap Tuhan YME', 'Kepercayaan'],
  ],
  [
    'Pendidikan Pancasila',
    A_TO_F,
    ['PPKn', 'PKn', 'Pancasila', 'PP', 'Pendidikan Kewarganegaraan'],
  ],
  language('Indonesia', A_TO_F, 'Bhs Indo', 'Bindo', 'B Indo', 'Indonesian'),
  language('Inggris', A_TO_F, 'Bing', 'B Ing', 'English'),
  ['Matematika', A_TO_F, ['MTK', 'Mat', 'Matematika Wajib', 'Math', 'Mathematics']],
  [
    'PJOK',
    A_TO_F,
    [
      'Pendidikan Jasmani, Olahraga, dan Kesehatan',
      'Penjas',
      'Penjasorkes',
      'Penjaskes',
      'Olahraga',
      'Physical Education',
    ],
  ],
  [
    'IPAS',
    B_TO_C,
    ['Ilmu Pengetahuan Alam dan Sosial', 'Ilmu Pengetahuan Alam dan Ilmu Pengetahuan Sosial'],
  ],
  ['IPA', D, ['Ilmu Pengetahuan Alam', 'IPA Terpadu', 'Sains', 'Science']],
  ['IPS', D, ['Ilmu Pengetahuan Sosial', 'IPS Terpadu', 'Social Studies']],
  ['Fisika', E_TO_F, ['Fis', 'Physics']],
  ['Kimia', E_TO_F, ['Kim', 'Chemistry']],
  ['Biologi', E_TO_F, ['Bio', 'Biology']],
  ['Ekonomi', E_TO_F, ['Economics']],
  ['Sosiologi', E_TO_F, ['Sociology']],
  ['Geografi', E_TO_F, ['Geography']],
  ['Sejarah', E_TO_F, ['Sejarah Indonesia', 'History']],
  ['Antropologi', F],
  ['Matematika Tingkat Lanjut', F, ['Matematika Lanjut', 'MTK Tingkat Lanjut']],
  ['Bahasa Indonesia Tingkat Lanjut', F, ['Bahasa Indonesia Lanjut']],
  ['Bahasa Inggris Tingkat Lanjut', F, ['Bahasa Inggris Lanjut']],
  ['Sejarah Tingkat Lanjut', F, ['Sejarah Lanjut']],
  language('Arab', A_TO_F),
  language('Jepang', F),
  language('Jerman', F),
  language('Korea', F),
  language('Mandarin', F),
  language('Prancis', F, 'Bahasa Perancis'),
  ['Informatika', D_TO_F, ['TIK', 'Teknologi Informasi dan Komunikasi', 'Informatics']],
  ['Koding dan Kecerdasan Artifisial', C_TO_F, ['KKA', 'Koding', 'Koding dan KA', 'Koding KA']],
  ['Seni Budaya', A_TO_F, ['Seni', 'SBdP', 'Seni dan Budaya', 'Arts']],
  ['Seni Rupa', A_TO_F],
  ['Seni Musik', A_TO_F],
  ['Seni Teater', A_TO_F],
  ['Seni Tari', A_TO_F],
  ['Prakarya', D],
  ['Prakarya dan Kewirausahaan', E_TO_F, ['PKWU']],
  ['Bahasa Daerah', A_TO_F, ['Bhs Daerah']],
  ...REGIONAL.map((name) => language(name, A_TO_F)),
  ['Muatan Lokal', A_TO_F, ['Mulok']],
  ['Projek IPAS', E, ['Proyek IPAS', 'Projek Ilmu Pengetahuan Alam dan Sosial']],
  [
    'Dasar Program Keahlian',
    E,
    ['Dasar-dasar Program Keahlian', 'Dasar Keahlian', 'Dasar-dasar Keahlian', 'DPK'],
  ],
  ['Konsentrasi Keahlian', F, ['KK']],
  [
    'Projek Kreatif dan Kewirausahaan',
    F,
    ['PKK', 'Produk Kreatif dan Kewirausahaan', 'Kreativitas, Inovasi, dan Kewirausahaan'],
  ],
  ["Al-Qur'an Hadis", A_TO_F, ['Quran Hadis', 'Al Quran Hadits', 'Quran Hadits', 'Qurdis']],
  ['Akidah Akhlak', A_TO_F, ['Aqidah Akhlak']],
  ['Fikih', A_TO_F, ['Fiqih', 'Fiqh']],
  ['Sejarah Kebudayaan Islam', A_TO_F, ['SKI']],
  ['Nilai Agama dan Budi Pekerti', FONDASI],
  ['Jati Diri', FONDASI],
  [
    'Dasar-dasar Literasi, Matematika, Sains, Teknologi, Rekayasa, dan Seni',
    FONDASI,
    ['Dasar-dasar Literasi dan STEAM', 'Literasi dan STEAM'],
  ],
];

const subjectNamed = nameFinder(SUBJECTS.map(([name, , others = []]) => [name, others] as const));
const PHASES: ReadonlyMap<string, readonly Level[]> = new Map(
  SUBJECTS.map(([name, phases]) => [name, phases]),
);

/** The subject under its catalog name. An unknown subject stays as written, trimmed. */
export function subjectOf(text: string): string {
  return subjectNamed(text) ?? trimBlanks(text);
}

/** Whether a text is a subject of the vocabulary, under any of its names. */
export function isKnownSubject(text: string): boolean {
  return subjectNamed(text) !== undefined;
}

/** The phases in which the curriculum has a subject, in order; undefined for an unknown subject. */
export function phasesOf(subject: string): readonly Level[] | undefined {
  return PHASES.get(subjectNamed(subject) ?? '');
}

/** Whether the curriculum does not have a known subject in this phase. Example: IPA in Fase C. */
export function isImpossiblePair(subject: string, level: Level): boolean {
  return phasesOf(subject)?.includes(level) === false;
}

/** The phases of a material in which the curriculum does not have the material's subject, in order. */
export function impossibleLevels(subject: string, levelText: string): readonly Level[] {
  return levelsOf(levelText).filter((level) => isImpossiblePair(subject, level));
}
