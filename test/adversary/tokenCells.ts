import { HEADER_TEXTS } from './headers.ts';
import type { FoundCell } from './memorySheet.ts';
import type { Token } from './tokens.ts';

/** A cell that holds a token, with what tells its place. */
export interface TokenCell extends FoundCell {
  readonly token: Token;
  /** The id of its row in small letters, and the header of its column; '' where there is none. */
  readonly materialId: string;
  readonly header: string;
  /** Its row has no id and no other such text: rows like it look the same. */
  readonly isAlone: boolean;
}

/** The header row: the one with most of the known headers. */
export function headersOf(cells: readonly FoundCell[]) {
  const known = cells.filter(({ text }) => HEADER_TEXTS.has(text));
  const rows = Map.groupBy(known, ({ row }) => row);
  const [row] = [...rows].reduce<[number, number]>(
    (best, [at, ofRow]) => (ofRow.length > best[1] ? [at, ofRow.length] : best),
    [-1, 0],
  );
  const texts = new Map(
    cells.filter((cell) => cell.row === row).map(({ column, text }) => [column, text]),
  );
  return { row, texts };
}

/** The texts of a column below the header, by row. */
export function columnOf(cells: readonly FoundCell[], header: string): Map<number, string> {
  const { row: top, texts } = headersOf(cells);
  const found = cells.filter(({ row, column }) => row > top && texts.get(column) === header);
  return new Map(found.map(({ row, text }) => [row, text]));
}

/** The ids of the rows that are materials: they have a title. */
export function idsOfMaterials(cells: readonly FoundCell[]): Set<string> {
  const titles = columnOf(cells, 'MATERIAL_TITLE');
  const ids = [...columnOf(cells, 'MATERIAL_ID')].filter(([row]) => titles.has(row));
  return new Set(ids.map(([, id]) => id.toLowerCase()));
}

/** Whether the token was there before, by people's doing or as the code's own text. */
export function isInPlace(cell: TokenCell): boolean {
  const { token, mark } = cell;
  return (mark !== null && token.places.has(mark)) || token.homes.has(homeOf(cell) ?? '');
}

/** Whether nothing is wrong with the token in this cell. */
export function isRight(cell: TokenCell): boolean {
  const { token, mark } = cell;
  return isOwn(cell) || (mark !== null && token.strays.has(mark));
}

/** Whether it is the token's own cell. */
export function isOwn(cell: TokenCell): boolean {
  const { token, materialId, header } = cell;
  const { home } = token;
  if (isInPlace(cell)) return true;
  // People deleted the row, and the portal has changed the material since: it gets a new row.
  if (token.by === 'person' && token.kept.size === 0) return true;
  return home !== null && home.materialId === materialId && home.header === header;
}

/**
 * People copied a row in which the code had overwritten the text: it came back in both. Other texts of
 * that row are in the copy too.
 */
export function isWithItsCopy(
  { token, row, header }: TokenCell,
  cells: readonly TokenCell[],
): boolean {
  if (token.by === 'code') return false;
  const others = cells.filter((cell) => cell.row === row && cell.token !== token && isRight(cell));
  const ids = others.flatMap((cell) => [...cell.token.homes].map((home) => home.split('/')[0]));
  if (ids.some((id) => token.homes.has(`${id ?? ''}/${header}`))) return true;
  // A row without an id is told by another text of it that is in both.
  const tokens = new Set(others.map((cell) => cell.token));
  const rows = new Set(cells.filter((cell) => tokens.has(cell.token)).map((cell) => cell.row));
  rows.delete(row);
  return cells.some((cell) => cell.token === token && rows.has(cell.row) && isRight(cell));
}

/** A person's text that came back in a copy of its row instead of the row itself. */
export function isInCopy({ token, mark }: TokenCell): boolean {
  return token.by === 'person' && mark !== null && !token.kept.has(mark);
}

/**
 * A text of the code in its own column, while no row can be named: a mistake of the code is in the header
 * of the ids.
 */
export function isNameless({ materialId, header, token }: TokenCell): boolean {
  return materialId === '' && token.by === 'code' && token.home?.header === header;
}

/** Where a text is, is not the code's doing. */
export function excuse({ token, mark }: TokenCell): void {
  if (mark !== null) token.places.add(mark);
  if (isAtWork(token)) token.isFree = true;
}

/** The code put a text where nobody could see it: it may stay, or be taken back. */
export function excuseStray({ token, mark }: TokenCell): void {
  if (mark !== null) token.strays.add(mark);
  if (isAtWork(token)) token.isFree = true;
}

export function isAtWork({ by, isAnswered }: Token): boolean {
  return by === 'code' && !isAnswered;
}

export function isUnanswered({ by, home, isFree, hasMissed, kept }: Token): boolean {
  return by === 'code' && home === null && !isFree && !hasMissed && kept.size === 0;
}

const ID = /^[0-9a-f-]{36}$/;

/**
 * What tells a cell of a person's text whatever its mark is: the material, or that it is alone in its row.
 * A text that a person typed in place of an id tells nothing: a mistake may put it into another row.
 */
function homeOf({ token, materialId, header, isAlone }: TokenCell): string | null {
  if (token.by === 'code' || header === 'MATERIAL_ID') return null;
  if (materialId !== '') return ID.test(materialId) ? `${materialId}/${header}` : null;
  return isAlone ? `alone/${header}` : null;
}

export function place(cell: TokenCell): void {
  const { token, mark } = cell;
  if (mark === null) return;
  token.places.add(mark);
  const home = homeOf(cell);
  if (home !== null) token.homes.add(home);
  token.kept.add(mark);
}

export function release(token: Token, mark: number): void {
  if (token.kept.delete(mark) && token.kept.size === 0) token.isOwed = false;
}

/** A text that the code alone has brought back: it may stay where it is, or be taken back. */
export function letGo(token: Token): void {
  for (const mark of token.kept) {
    token.places.delete(mark);
    token.strays.add(mark);
  }
  token.kept.clear();
}

export function shown(cell: TokenCell | undefined): string {
  return cell === undefined
    ? 'holds no token'
    : `row ${cell.row + 1}, ${cell.header}, id ${cell.materialId} holds "${cell.text}"`;
}
