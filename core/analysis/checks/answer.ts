import {
  byField,
  foldCase,
  levelsOf,
  TEXT_FIELDS,
  type Level,
  type MaterialText,
  type TextField,
} from '../../material/index.ts';
import type { Issue } from '../issue.ts';
import type { Analysis } from '../schema.ts';
import { searchable } from '../text/words.ts';

/** An answer of the model, with what the checks compare it with. */
export interface Answer {
  readonly analysis: Analysis;
  readonly material: MaterialText;
  /** Each text of the material in the form in which quotes are searched. */
  readonly searched: Readonly<Record<TextField, string>>;
  /** Every Fase that MATERIAL_LEVEL names. */
  readonly written: readonly Level[];
}

/** A fault that a check has found. The list of checks adds its kind. */
export type Fault = Omit<Issue, 'kind'>;

export type Check = (answer: Answer) => Fault[];

export function answerOf(analysis: Analysis, material: MaterialText): Answer {
  return {
    analysis,
    material,
    searched: byField(TEXT_FIELDS, (field) => searchable(material[field])),
    written: levelsOf(material.level),
  };
}

const LANGUAGE_SUBJECT = /^bahasa (?!indonesia)/u;

/** Bahasa Inggris, Bahasa Jawa and so on: texts may be in the language that pupils learn. */
export function isLanguageSubject(subject: string): boolean {
  return LANGUAGE_SUBJECT.test(foldCase(subject));
}

export function refuse(path: string, message: Issue['message']): Fault {
  return { path, verdict: 'refuse', message };
}

export function review(path: string, message: Issue['message']): Fault {
  return { path, verdict: 'review', message };
}

/**
 * The kind of a text in the answer. A `claim` belongs to a quote. A `report` describes the material. The model
 * makes a `work` for the lesson. Pupils read a `pupil` text.
 */
export type Part = 'claim' | 'report' | 'work' | 'pupil';

export interface AnswerText {
  readonly path: string;
  readonly text: string;
  readonly part: Part;
}

/** All texts that the model has written, without quotes, ids and the words of closed lists. */
export function textsOf(analysis: Analysis): AnswerText[] {
  const { summary, classification, differentiation } = analysis;
  const at = (part: Part, path: string, text: string): AnswerText => ({ path, text, part });
  return [
    ...analysis.evidence.map(({ claim }, n) => at('claim', `evidence.${n}.claim`, claim)),
    ...analysis.missing.map((text, n) => at('work', `missing.${n}`, text)),
    at('report', 'summary.teacher', summary.teacher),
    at('pupil', 'summary.student', summary.student),
    ...classification.alternatives.map(({ reason }, n) =>
      at('work', `classification.alternatives.${n}.reason`, reason),
    ),
    ...analysis.objectives.map(({ text }, n) => at('report', `objectives.${n}.text`, text)),
    ...analysis.keyConcepts.flatMap(({ term, meaning }, n) => [
      at('work', `keyConcepts.${n}.term`, term),
      at('work', `keyConcepts.${n}.meaning`, meaning),
    ]),
    ...analysis.misconceptions.flatMap(({ misconception, correction }, n) => [
      at('work', `misconceptions.${n}.misconception`, misconception),
      at('work', `misconceptions.${n}.correction`, correction),
    ]),
    ...analysis.quiz.flatMap(({ stem, options, explanation }, n) => [
      at('pupil', `quiz.${n}.stem`, stem),
      ...options.map(({ text }, m) => at('pupil', `quiz.${n}.options.${m}.text`, text)),
      at('work', `quiz.${n}.explanation`, explanation),
    ]),
    ...Object.entries(differentiation ?? {}).map(([name, text]) =>
      at('work', `differentiation.${name}`, text),
    ),
    ...analysis.safety.flatMap(({ hazard, precaution }, n) => [
      at('work', `safety.${n}.hazard`, hazard),
      at('work', `safety.${n}.precaution`, precaution),
    ]),
  ];
}
