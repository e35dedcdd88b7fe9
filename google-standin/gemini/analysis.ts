import { capaianOf, commandsIn, isThin, type Analysis } from '../../core/analysis/index.ts';
import { LEVELS, phasesOf, subjectOf, type Level } from '../../core/material/index.ts';
import { evidenceOf } from './evidence.ts';
import { difficultyOf, levelOf, type Difficulty } from './level.ts';
import { quizFor } from './quiz.ts';
import { summaryOf } from './summary.ts';
import { keywordsOf, topicOf } from './topic.ts';
import { upTo } from './words.ts';
import type { Material } from './written/material.ts';
import { writtenFor } from './written/index.ts';

/** The analysis of a material by plain rules. The same material always gives the same analysis. */
export interface Found {
  /** In the form that Materi Gemini asks for. */
  readonly analysis: Analysis;
  /** The same as plain texts, for any other schema. */
  readonly plain: {
    readonly summary: string;
    readonly keywords: readonly string[];
    readonly objectives: readonly string[];
    readonly level: string;
    readonly difficulty: Difficulty;
  };
}

export function analyze(given: Material): Found {
  const material = withoutCommands(given);
  const level = levelFor(material);
  const difficulty = difficultyOf(material);
  const written = writtenFor(material);
  const topic = topicOf(material);
  const keywords = written?.keywords ?? keywordsOf(material);
  const texts = written?.objectives ?? OBJECTIVES[difficulty].map((objective) => objective(topic));
  const evidence = evidenceOf(given, written?.evidence);
  const isDraft = isThin(given) || evidence.length === 0;
  const summary = summaryOf(material, { topic, level, keywords, isDraft, about: written?.about });
  const subject = upTo(subjectOf(material.subject), 150) || 'Umum';
  const ids = evidence.map(({ id }) => id).slice(0, 2);
  const classification: Analysis['classification'] = { subject, level, alternatives: [] };
  const plain = { summary: summary.teacher, keywords, objectives: texts, level, difficulty };
  if (isDraft) return { analysis: draft(material, { evidence, summary, classification }), plain };

  const objectives = texts.map((text, index) => ({
    id: `o${index + 1}`,
    text,
    bloom: BLOOM[difficulty],
    evidence: ids,
  }));
  const [first = topic, second] = keywords;
  return {
    plain,
    analysis: {
      evidence,
      status: 'lengkap',
      missing: [],
      summary,
      classification,
      cp: capaianOf(subject, level)
        .slice(0, 1)
        .map(({ id }) => ({ id, evidence: ids })),
      objectives,
      profile: [{ dimension: 'penalaran kritis', evidence: ids }],
      keyConcepts: keywords.slice(0, 3).map((term) => ({
        term,
        meaning: 'salah satu pokok bahasan dalam materi ini',
      })),
      misconceptions:
        second === undefined
          ? []
          : [
              {
                misconception: `Murid menganggap ${first} sama dengan ${second}.`,
                correction: 'Bandingkan keduanya dengan contoh dari materi.',
              },
            ],
      quiz: quizFor(
        objectives.map(({ id }) => id),
        evidence.map(({ quote }) => quote),
      ),
      differentiation: {
        support: `Kerjakan bersama guru dengan daftar kata tentang ${first}.`,
        core: `Kerjakan tugas tentang ${first} bersama teman, lalu bandingkan dengan pasangan yang lain.`,
        extension: `Buat contoh sendiri tentang ${first}, lalu jelaskan kepada teman.`,
      },
      safety: safetyOf(material),
    },
  };
}

/** The phase that the material names, or the nearest one in which the subject exists. */
function levelFor(material: Material): Level {
  const named = levelOf(material);
  const level = LEVELS.find((one) => one === named) ?? 'Fase D';
  const phases = phasesOf(material.subject) ?? LEVELS;
  if (material.level !== '' || phases.includes(level)) return level;
  return phases.find((one) => one > level) ?? phases.at(-1) ?? level;
}

function draft(
  { description, theme }: Material,
  known: Pick<Analysis, 'evidence' | 'summary' | 'classification'>,
): Analysis {
  const missing = [
    description === '' ? 'deskripsi' : 'isi dan urutan kegiatan',
    ...(theme === '' ? ['tema'] : []),
  ];
  return {
    ...known,
    status: 'draf',
    missing,
    cp: [],
    objectives: [],
    profile: [],
    keyConcepts: [],
    misconceptions: [],
    quiz: [],
    differentiation: null,
    safety: [],
  };
}

/** The material without the sentences that tell a model what to do. A good model takes no orders from it. */
function withoutCommands(material: Material): Material {
  const clean = (text: string) =>
    commandsIn(text).reduce((rest, command) => rest.replaceAll(command, ' '), text);
  return {
    ...material,
    title: clean(material.title),
    description: clean(material.description),
    theme: clean(material.theme),
    subtheme: clean(material.subtheme),
    subject: clean(material.subject),
    type: clean(material.type),
  };
}

const BLOOM = { dasar: 'C1', menengah: 'C2', mahir: 'C4' } as const;

const OBJECTIVES: Readonly<Record<Difficulty, readonly ((topic: string) => string)[]>> = {
  dasar: [
    (topic) => `Murid dapat menyebutkan hal-hal pokok tentang ${topic}.`,
    (topic) => `Murid dapat memberi contoh yang berkaitan dengan ${topic}.`,
  ],
  menengah: [
    (topic) =>
      `Murid dapat menjelaskan gagasan pokok tentang ${topic} dengan kata-katanya sendiri.`,
    (topic) => `Murid dapat menerapkan pengetahuannya tentang ${topic} untuk mengerjakan tugas.`,
  ],
  mahir: [
    (topic) => `Murid dapat menganalisis contoh yang berkaitan dengan ${topic}.`,
    (topic) => `Murid dapat menyusun kesimpulan tentang ${topic} beserta alasannya.`,
  ],
};

/** Words of activities in which somebody may get hurt. */
const HAZARDS: readonly (readonly [word: RegExp, hazard: string, precaution: string])[] = [
  [
    /\b(?:rebus|api|lilin|kompor|panas)/iu,
    'Benda atau cairan panas.',
    'Guru yang memanaskan; murid mengamati dari jarak aman.',
  ],
  [
    /\b(?:gunting|pisau|cutter|jarum)/iu,
    'Alat yang tajam.',
    'Pakai alat berujung tumpul, dan awasi pemakaiannya.',
  ],
  [
    /\b(?:larutan|kimia|cuka|asam|basa)\b/iu,
    'Bahan yang dapat mengiritasi kulit dan mata.',
    'Pakai sarung tangan dan pelindung mata; jangan mencicipi bahan.',
  ],
  [/\b(?:listrik|kabel|baterai)\b/iu, 'Arus listrik.', 'Pakai baterai kecil, bukan stopkontak.'],
];

function safetyOf({ description }: Material): Analysis['safety'] {
  return HAZARDS.filter(([word]) => word.test(description)).map(([, hazard, precaution]) => ({
    hazard,
    precaution,
  }));
}
