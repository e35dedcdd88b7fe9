import { notImplemented } from '../../http/googleError.ts';
import type { Calculation } from '../formula/calculation.ts';
import { cellAt, type BasicFilter, type FilterCondition, type Tab } from '../model/spreadsheet.ts';
import { formatValue } from './render.ts';

/** Whether a filter shows a row by what its cells show now. */
export function showsRow(
  { filterSpecs }: BasicFilter,
  tab: Tab,
  row: number,
  calculation: Calculation,
): boolean {
  return filterSpecs.every(({ columnIndex, filterCriteria }) => {
    const value = calculation.valueAt(tab, row, columnIndex);
    const text = formatValue(value, cellAt(tab, row, columnIndex));
    const { hiddenValues = [], condition } = filterCriteria;
    if (hiddenValues.includes(text)) return false;
    return !condition || conditions[condition.type]?.(text, wantedOf(condition)) !== false;
  });
}

type Condition = (text: string, wanted: string) => boolean;

/** Text is compared without regard to case, as the filters of Google's editor do. */
const onText =
  (holds: (text: string, wanted: string) => boolean): Condition =>
  (text, wanted) =>
    holds(text.toLowerCase(), wanted.toLowerCase());

const onNumbers =
  (holds: (value: number, wanted: number) => boolean): Condition =>
  (text, wanted) =>
    text !== '' && holds(Number(text), Number(wanted));

const conditions: Readonly<Record<string, Condition>> = {
  TEXT_CONTAINS: onText((text, wanted) => text.includes(wanted)),
  TEXT_NOT_CONTAINS: onText((text, wanted) => !text.includes(wanted)),
  TEXT_STARTS_WITH: onText((text, wanted) => text.startsWith(wanted)),
  TEXT_ENDS_WITH: onText((text, wanted) => text.endsWith(wanted)),
  TEXT_EQ: onText((text, wanted) => text === wanted),
  TEXT_NOT_EQ: onText((text, wanted) => text !== wanted),
  NUMBER_EQ: onNumbers((value, wanted) => value === wanted),
  NUMBER_NOT_EQ: onNumbers((value, wanted) => value !== wanted),
  NUMBER_GREATER: onNumbers((value, wanted) => value > wanted),
  NUMBER_GREATER_THAN_EQ: onNumbers((value, wanted) => value >= wanted),
  NUMBER_LESS: onNumbers((value, wanted) => value < wanted),
  NUMBER_LESS_THAN_EQ: onNumbers((value, wanted) => value <= wanted),
  BLANK: (text) => text === '',
  NOT_BLANK: (text) => text !== '',
};

/** @throws GoogleError 501: the stand-in does not have this condition */
export function refuseOtherCondition({ type, values = [] }: FilterCondition): void {
  if (!conditions[type]) throw notImplemented(`a filter's condition ${type}`);
  if (values.some(({ userEnteredValue = '' }) => userEnteredValue.startsWith('='))) {
    throw notImplemented("a formula in a filter's condition");
  }
}

function wantedOf({ values }: FilterCondition): string {
  return values?.[0]?.userEnteredValue ?? '';
}
