import { InvalidChange } from '../draft/draft.ts';
import type { Color, Look, Tab } from '../model/spreadsheet.ts';
import type { Color as RequestedColor, SheetProperties } from './messages.ts';

type Grid = NonNullable<SheetProperties['gridProperties']>;

/** A tab's look as a request gives it: only what differs from a new tab's. */
export function lookOf({ rightToLeft, gridProperties = {}, ...properties }: SheetProperties): Look {
  const color = properties.tabColorStyle?.rgbColor ?? properties.tabColor;
  return {
    ...(rightToLeft ? { rightToLeft } : {}),
    ...(color ? { tabColor: colorOf(color) } : {}),
    ...gridLookOf(gridProperties),
  };
}

function gridLookOf(grid: Grid): Look {
  const { frozenColumnCount, hideGridlines, rowGroupControlAfter, columnGroupControlAfter } = grid;
  return {
    ...(frozenColumnCount ? { frozenColumnCount } : {}),
    ...(hideGridlines ? { hideGridlines } : {}),
    ...(rowGroupControlAfter ? { rowGroupControlAfter } : {}),
    ...(columnGroupControlAfter ? { columnGroupControlAfter } : {}),
  };
}

/** @throws InvalidChange when all rows or all columns of a tab are frozen */
export function refuseAllFrozen({ rowCount, columnCount, frozenRowCount, look }: Tab): void {
  const all =
    frozenRowCount >= rowCount
      ? 'rows'
      : (look?.frozenColumnCount ?? 0) >= columnCount
        ? 'columns'
        : undefined;
  if (all) throw new InvalidChange(`You can't freeze all visible ${all} on the sheet.`);
}

/**
 * Google keeps 8 bits of each part and leaves out 0: `{ red: 1, green: 0, blue: 0.5 }` is
 * `{ red: 1, blue: 0.49803922 }` (gspread's WorksheetTest.test_set_tab_color).
 */
function colorOf({ red = 0, green = 0, blue = 0 }: RequestedColor): Color {
  const part = (value: number) =>
    Number(Math.fround(Math.ceil(value * 255 - 0.5) / 255).toPrecision(8));
  return {
    ...(red > 0 ? { red: part(red) } : {}),
    ...(green > 0 ? { green: part(green) } : {}),
    ...(blue > 0 ? { blue: part(blue) } : {}),
  };
}
