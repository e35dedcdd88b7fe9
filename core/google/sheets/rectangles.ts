/** A cell's place; both 0-based. */
interface Placed {
  readonly row: number;
  readonly column: number;
}

/** Cells that one request writes. */
export interface Rectangle<Cell extends Placed> {
  readonly row: number;
  readonly column: number;
  readonly cells: readonly (readonly Cell[])[];
}

/** Joins cells to rectangles: a column of ids is one request and not one for each row. */
export function rectanglesOf<Cell extends Placed>(cells: readonly Cell[]): Rectangle<Cell>[] {
  const lines: { row: number; column: number; cells: Cell[] }[] = [];
  for (const cell of [...cells].sort((a, b) => a.row - b.row || a.column - b.column)) {
    const line = lines.at(-1);
    if (line?.row === cell.row && line.column + line.cells.length === cell.column) {
      line.cells.push(cell);
    } else lines.push({ row: cell.row, column: cell.column, cells: [cell] });
  }
  const open = new Map<string, { row: number; column: number; cells: Cell[][] }>();
  const joined: Rectangle<Cell>[] = [];
  for (const { row, column, cells: line } of lines) {
    const shape = `${column}+${line.length}`;
    const above = open.get(shape);
    if (above !== undefined && above.row + above.cells.length === row) above.cells.push(line);
    else {
      const rectangle = { row, column, cells: [line] };
      open.set(shape, rectangle);
      joined.push(rectangle);
    }
  }
  return joined;
}
