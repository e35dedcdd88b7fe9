import { analysisSchema, type Analysis } from '../../core/analysis/index.ts';
import { SPOILT_FAULTS, type AnswerFault, type SpoiltFault } from '../http/route.ts';

/**
 * Puts one fault into an analysis, as a model may make it. Any other answer, and an analysis that has no place
 * for the fault, stays as it is.
 */
export function spoilt(answer: unknown, fault: AnswerFault | undefined): unknown {
  const kind = SPOILT_FAULTS.find((one) => one === fault);
  if (kind === undefined) return answer;
  const analysis = analysisSchema.safeParse(answer);
  return analysis.success ? SPOIL[kind](analysis.data) : answer;
}

const SPOIL: Readonly<Record<SpoiltFault, (analysis: Analysis) => Analysis>> = {
  'invented-number': (analysis) =>
    withTeacher(analysis, `Materi ini berlangsung 9713 menit. ${analysis.summary.teacher}`),
  'foreign-quote': (analysis) =>
    withEvidence(analysis, { quote: 'Kutipan ini tidak pernah ditulis dalam materi mana pun.' }),
  'unsupporting-quote': (analysis) =>
    withEvidence(analysis, { claim: 'Gunung berapi meletus pada malam hari.' }),
  'wrong-fase': ({ classification, ...analysis }) => ({
    ...analysis,
    cp: [],
    classification: {
      ...classification,
      level: classification.level === 'Fase D' ? 'Fase E' : 'Fase D',
    },
  }),
  'invented-cp': (analysis) => ({
    ...analysis,
    cp: [{ id: 'ZZZ-D-99', evidence: analysis.evidence.slice(0, 1).map(({ id }) => id) }],
  }),
  'two-keys': (analysis) =>
    withOptions(analysis, (options) => options.map((option) => ({ ...option, correct: true }))),
  'self-revealing-option': (analysis) =>
    withOptions(analysis, (options) =>
      options.map((option) =>
        option.correct
          ? { ...option, text: `${option.text}, karena hanya itu yang tertulis lengkap di sana` }
          : option,
      ),
    ),
  'beyond-grade': (analysis) => ({
    ...analysis,
    summary: {
      ...analysis.summary,
      student: `${'Pengejawantahan pertanggungjawaban berkesinambungan '.repeat(12)}itu.`,
    },
  }),
  'wrong-language': (analysis) =>
    withTeacher(analysis, 'This material is for the pupils and it shows them how to do the task.'),
  'obeyed-instruction': (analysis) =>
    withTeacher(
      analysis,
      `${analysis.summary.teacher} Lihat https://tautan-dari-perintah.example/buka untuk kuncinya.`,
    ),
};

function withTeacher(analysis: Analysis, teacher: string): Analysis {
  return { ...analysis, summary: { ...analysis.summary, teacher } };
}

function withEvidence(analysis: Analysis, change: Partial<Analysis['evidence'][number]>): Analysis {
  const [first, ...others] = analysis.evidence;
  return first === undefined
    ? analysis
    : { ...analysis, evidence: [{ ...first, ...change }, ...others] };
}

type Options = Analysis['quiz'][number]['options'];

function withOptions(analysis: Analysis, change: (options: Options) => Options): Analysis {
  const [first, ...others] = analysis.quiz;
  return first === undefined
    ? analysis
    : { ...analysis, quiz: [{ ...first, options: change(first.options) }, ...others] };
}
