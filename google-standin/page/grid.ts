import { columnLetters } from '../sheets/model/a1.ts';
import { staysText } from '../sheets/model/entered.ts';
import { calculationOf } from '../sheets/formula/calculation.ts';
import { CellError } from '../sheets/formula/values.ts';
import { linesOf } from '../sheets/model/lines.ts';
import { cellAt, type Cell, type Spreadsheet, type Tab } from '../sheets/model/spreadsheet.ts';
import { formatValue } from '../sheets/display/render.ts';
import { html, type Html } from './html.ts';

/** Blank rows below the last one, so that a person can go on typing. */
const spareRows = 8;
const leastRows = 24;
const leastColumns = 10;

/** The part of a tab's grid that is shown: all that is used, and a margin to type in. */
function shown(tab: Tab): { rows: number; columns: number } {
  const usedRows = tab.rows.findLastIndex((row) => row.some((cell) => cell?.userEnteredValue)) + 1;
  const usedColumns = tab.rows.reduce(
    (widest, row) => Math.max(widest, row.findLastIndex((cell) => cell?.userEnteredValue) + 1),
    0,
  );
  return {
    rows: Math.min(tab.rowCount, Math.max(leastRows, usedRows + spareRows)),
    columns: Math.min(tab.columnCount, Math.max(leastColumns, usedColumns + 1)),
  };
}

/** The table of a tab: column letters, row numbers, every used cell. */
export function gridTable(spreadsheet: Spreadsheet, tab: Tab): Html {
  const { rows, columns } = shown(tab);
  const numbers = Array.from({ length: columns }, (_, column) => column);
  const widths = numbers.map(
    (column) => html`<col class="w${widthOf(spreadsheet, tab, column)}" />`,
  );
  const letters = numbers.map((column) => html`<th scope="col">${columnLetters(column)}</th>`);
  const lines = linesOf(tab, 'ROWS');
  const body = Array.from({ length: rows }, (_, row) => {
    const cells = numbers.map((column) => gridCell(spreadsheet, tab, row, column));
    const isHidden = lines[row]?.hiddenByFilter || lines[row]?.hiddenByUser;
    const hidden = isHidden ? html` class="hidden" title="Baris tersembunyi / Hidden row"` : html``;
    return html`<tr${hidden}>
      <th scope="row">${row + 1}</th>
      ${cells}
    </tr>`;
  });
  return html`<table>
    <colgroup>
      <col class="numbers" />
      ${widths}
    </colgroup>
    <thead>
      <tr>
        <th></th>
        ${letters}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}

function gridCell(spreadsheet: Spreadsheet, tab: Tab, row: number, column: number): Html {
  const cell = cellAt(tab, row, column);
  const place = html`data-r="${row}" data-c="${column}"`;
  if (!cell?.userEnteredValue) return html`<td ${place}></td>`;
  const value = calculationOf(spreadsheet).valueAt(tab, row, column);
  const text = formatValue(value, cell);
  const kind = value instanceof CellError ? 'error' : typeof value === 'number' ? 'number' : '';
  const typed = typedText(cell, text);
  const entered = typed === text ? html`` : html` data-entered="${typed}"`;
  return html`<td ${place}${entered} class="${kind}">${text}</td>`;
}

/** The text in the editor of a cell. If a person types it again, the cell stays the same. */
function typedText({ userEnteredValue, userEnteredFormat }: Cell, text: string): string {
  if (!userEnteredValue) return '';
  if ('formulaValue' in userEnteredValue) return userEnteredValue.formulaValue;
  if (!('stringValue' in userEnteredValue)) return text;
  const isText = userEnteredFormat?.numberFormat?.type === 'TEXT' && !text.startsWith("'");
  return isText || staysText(text) ? text : `'${text}`;
}

/** A width from 1 (narrow) to 8, after the longest of the column's first cells. */
function widthOf(spreadsheet: Spreadsheet, tab: Tab, column: number): number {
  const calculation = calculationOf(spreadsheet);
  const lengths = tab.rows.slice(0, 60).map((_, row) => {
    const value = formatValue(calculation.valueAt(tab, row, column), cellAt(tab, row, column));
    // The first row is a header in bold capitals, which take more room.
    return row === 0 ? value.length * 1.5 : value.length;
  });
  return Math.min(8, Math.max(2, Math.ceil(Math.max(0, ...lengths) / 6)));
}
