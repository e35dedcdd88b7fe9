import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft/draft.ts';
import { tabByTitle, type Look } from '../model/spreadsheet.ts';
import { lookOf, refuseAllFrozen } from './look.ts';
import { requestedPaths } from './mask.ts';
import type { SheetProperties, UpdateSheetProperties } from './messages.ts';
import { requireTitle } from './title.ts';

type DraftTab = ReturnType<Draft['tab']>;

/** Changes the properties that `fields` names. A named property that `properties` lacks is unset. */
export function applyUpdateSheetProperties(
  draft: Draft,
  { properties, fields }: UpdateSheetProperties,
): object {
  const tab = draft.tab(properties.sheetId ?? 0, 'sheet');
  const paths = requestedPaths(fields, 'SheetProperties');
  const named = paths.flatMap((path) => spelledOut(path, properties));
  for (const field of named) change(draft, tab, properties, field);
  if (named.some((field) => field.startsWith('gridProperties.'))) refuseAllFrozen(tab);
  return {};
}

/** The part of a tab's look that each of these paths changes. */
const LOOKS: ReadonlyMap<string, keyof Look> = new Map<string, keyof Look>([
  ['gridProperties.frozenColumnCount', 'frozenColumnCount'],
  ['gridProperties.hideGridlines', 'hideGridlines'],
  ['gridProperties.rowGroupControlAfter', 'rowGroupControlAfter'],
  ['gridProperties.columnGroupControlAfter', 'columnGroupControlAfter'],
  ['rightToLeft', 'rightToLeft'],
  ['tabColor', 'tabColor'],
  ['tabColorStyle', 'tabColor'],
  ['tabColorStyle.rgbColor', 'tabColor'],
]);

function change(draft: Draft, tab: DraftTab, properties: SheetProperties, field: string): void {
  const grid = properties.gridProperties;
  switch (field) {
    case 'title': {
      const title = requireTitle(properties.title ?? '');
      const other = tabByTitle(draft, title);
      if (other && other !== tab) {
        throw new InvalidChange(
          `A sheet with the name "${title}" already exists. Please enter another name.`,
        );
      }
      tab.title = title;
      break;
    }
    case 'hidden':
      if (properties.hidden && !draft.tabs.some((other) => other !== tab && !other.hidden)) {
        throw new InvalidChange("You can't hide all the sheets in a document.");
      }
      tab.hidden = properties.hidden ?? false;
      break;
    case 'index':
      draft.tabs.splice(draft.tabs.indexOf(tab), 1);
      draft.tabs.splice(properties.index ?? 0, 0, tab);
      break;
    case 'gridProperties.rowCount':
      resize(draft, tab, 'ROWS', grid?.rowCount ?? 0);
      break;
    case 'gridProperties.columnCount':
      resize(draft, tab, 'COLUMNS', grid?.columnCount ?? 0);
      break;
    case 'gridProperties.frozenRowCount':
      tab.frozenRowCount = grid?.frozenRowCount ?? 0;
      break;
    default: {
      const name = LOOKS.get(field);
      if (name === undefined) {
        throw notImplemented(`updateSheetProperties with the field ${field}`);
      }
      tab.look = { ...tab.look, [name]: lookOf(properties)[name] };
    }
  }
}

/** `gridProperties` alone means the fields of it that the request gives. */
function spelledOut(path: string, { gridProperties }: SheetProperties): string[] {
  return path === 'gridProperties'
    ? Object.keys(gridProperties ?? {}).map((name) => `gridProperties.${name}`)
    : [path];
}

function resize(draft: Draft, tab: DraftTab, dimension: 'ROWS' | 'COLUMNS', size: number): void {
  const current = dimension === 'ROWS' ? tab.rowCount : tab.columnCount;
  if (size < 1) throw new InvalidChange('You must specify at least one row and column.');
  if (size > current) draft.insert(tab, dimension, current, size - current);
  if (size < current) draft.delete(tab, dimension, size, current - size);
}
