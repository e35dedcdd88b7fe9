import { notImplemented } from '../../http/googleError.ts';
import { InvalidChange, type Draft } from '../draft.ts';
import { tabByTitle } from '../model.ts';
import type { UpdateSheetProperties } from './messages.ts';

/** Changes what `fields` names: title, hidden, the grid's frozen rows and its size. */
export function applyUpdateSheetProperties(
  draft: Draft,
  { properties, fields }: UpdateSheetProperties,
): object {
  const tab = draft.tab(properties.sheetId ?? 0);
  const grid = properties.gridProperties;
  for (const field of fields.split(',').flatMap((name) => named(name.trim(), grid))) {
    switch (field) {
      case 'title': {
        const title = properties.title ?? '';
        const other = tabByTitle(draft, title);
        if (title === '' || (other && other !== tab)) {
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
      case 'gridProperties.frozenRowCount':
        tab.frozenRowCount = grid?.frozenRowCount ?? 0;
        break;
      case 'gridProperties.rowCount':
        resize(draft, tab, 'ROWS', grid?.rowCount ?? 0);
        break;
      case 'gridProperties.columnCount':
        resize(draft, tab, 'COLUMNS', grid?.columnCount ?? 0);
        break;
      case 'index':
        draft.tabs.splice(draft.tabs.indexOf(tab), 1);
        draft.tabs.splice(properties.index ?? 0, 0, tab);
        break;
      default:
        throw notImplemented(`updateSheetProperties with fields "${field}"`);
    }
  }
  return {};
}

/** `gridProperties` stands for those of its fields that are given. */
function named(field: string, grid: UpdateSheetProperties['properties']['gridProperties']) {
  return field === 'gridProperties'
    ? Object.keys(grid ?? {}).map((name) => `gridProperties.${name}`)
    : [field];
}

function resize(
  draft: Draft,
  tab: ReturnType<Draft['tab']>,
  dimension: 'ROWS' | 'COLUMNS',
  size: number,
): void {
  const current = dimension === 'ROWS' ? tab.rowCount : tab.columnCount;
  if (size < 1) throw new InvalidChange('You must specify at least one row and column.');
  if (size > current) draft.insert(tab, dimension, current, size - current);
  if (size < current) draft.delete(tab, dimension, size, current - size);
}
