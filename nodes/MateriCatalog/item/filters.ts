import type { IExecuteFunctions } from 'n8n-workflow';
import {
  comparable,
  fieldNamed,
  foldCase,
  isAnalysisOf,
  isSameColumn,
  levelsOf,
  subjectOf,
  byField,
  TEXT_FIELDS,
  typeOf,
  type Field,
} from '../../../core/index.ts';
import { read, readList, readText } from '../../shared/http/read.ts';
import { catalogFailure } from './failure.ts';

/** The filters that have a pick list. */
export const PICKED = ['subject', 'level', 'type', 'theme', 'subtheme'] as const;
export type Picked = (typeof PICKED)[number];

/** The filters of Get Many, as one item gives them. */
export interface Filters {
  /** Words, for the portal's search. */
  readonly search: string;
  readonly includeArchived: boolean;
  readonly notAnalysed: boolean;
  /** The texts of which a material must have one; none: any. */
  readonly picked: Readonly<Record<Picked, readonly string[]>>;
  readonly title: string;
  readonly conditions: readonly Condition[];
  /** Whether a material must pass all filters, or any of them. */
  readonly combine: 'all' | 'any';
}

const OPERATORS = ['contains', 'notContains', 'is', 'isNot', 'isEmpty', 'isNotEmpty'] as const;

interface Condition {
  readonly column: string;
  readonly operator: (typeof OPERATORS)[number];
  readonly text: string;
}

/** A material of the sheet or of the portal, as filters look at it. */
export interface Candidate {
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A list that an expression gives may be long. */
const MOST_TEXTS = 50;
const MOST_CONDITIONS = 50;

/** @throws ItemFailure `invalid_setting` if a condition names no column */
export function filtersOf(node: IExecuteFunctions, item: number): Filters {
  const given = node.getNodeParameter('filters', item, {});
  const texts = (name: string): string[] =>
    [read(given, name)]
      .flat()
      .slice(0, MOST_TEXTS)
      .map(textOf)
      .filter((text) => text !== '');
  return {
    search: texts('search')[0] ?? '',
    includeArchived: read(given, 'includeArchived') === true,
    notAnalysed: read(given, 'notAnalysed') === true,
    picked: byField(PICKED, texts),
    title: texts('title')[0] ?? '',
    conditions: readList(given, 'conditions', 'values').slice(0, MOST_CONDITIONS).map(conditionOf),
    combine: node.getNodeParameter('combine', item, 'all') === 'any' ? 'any' : 'all',
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? comparable(String(value)) : '';

function conditionOf(given: unknown): Condition {
  const column = readText(given, 'column').trim();
  if (column === '') {
    throw catalogFailure('invalid_setting', 'A condition names no column.', {
      advice: 'Set Column to a header of the sheet, or remove the condition.',
    });
  }
  const operator = OPERATORS.find((known) => known === read(given, 'operator')) ?? 'contains';
  return { column, operator, text: textOf(read(given, 'text')) };
}

/** How texts are compared: by what they mean where the catalog has a vocabulary. */
const MEANINGS: Readonly<Record<Picked, (text: string) => readonly string[]>> = {
  subject: (text) => [foldCase(subjectOf(text))],
  type: (text) => [foldCase(typeOf(text))],
  level: (text) => (levelsOf(text).length > 0 ? levelsOf(text) : [foldCase(text)]),
  theme: (text) => [foldCase(text)],
  subtheme: (text) => [foldCase(text)],
};

/** Whether a text means one of the picked ones. Example: `Kelas 4-5` means Fase B and Fase C. */
export function isPicked(field: Picked, text: string, wanted: readonly string[]): boolean {
  const meanings = MEANINGS[field](text);
  return wanted.some((one) => MEANINGS[field](one).some((meaning) => meanings.includes(meaning)));
}

/** Whether a material passes. Archived materials and the search are not looked at: each source does it. */
export function passes(candidate: Candidate, filters: Filters): boolean {
  const { notAnalysed, picked, title, conditions, combine } = filters;
  const tests = [
    ...(notAnalysed ? [() => !isAnalysed(candidate)] : []),
    ...(title === '' ? [] : [() => has(candidate.fields.title ?? '', title)]),
    ...PICKED.filter((field) => picked[field].length > 0).map(
      (field) => () => isPicked(field, candidate.fields[field] ?? '', picked[field]),
    ),
    ...conditions.map((condition) => () => isMet(candidate, condition)),
  ];
  if (tests.length === 0) return true;
  return combine === 'all' ? tests.every((test) => test()) : tests.some((test) => test());
}

/** Whether AI_SOURCE shows that the present texts were analysed. */
export function isAnalysed({ fields }: Candidate): boolean {
  const texts = byField(TEXT_FIELDS, (field) => fields[field] ?? '');
  return isAnalysisOf(fields.aiSource ?? '', texts);
}

/** Whether ARCHIVED_AT has a text: the portal writes a time, and people write what they like. */
export function isArchived({ fields }: Candidate): boolean {
  return (fields.archivedAt ?? '') !== '';
}

const has = (text: string, part: string): boolean => foldCase(text).includes(foldCase(part));

function isMet({ fields, metadata }: Candidate, { column, operator, text }: Condition): boolean {
  const field = fieldNamed(column);
  const found =
    field === undefined
      ? (Object.entries(metadata).find(([name]) => isSameColumn(name, column))?.[1] ?? '')
      : (fields[field] ?? '');
  switch (operator) {
    case 'contains':
      return has(found, text);
    case 'notContains':
      return !has(found, text);
    case 'is':
      return foldCase(found) === foldCase(text);
    case 'isNot':
      return foldCase(found) !== foldCase(text);
    case 'isEmpty':
      return comparable(found) === '';
    case 'isNotEmpty':
      return comparable(found) !== '';
  }
}
