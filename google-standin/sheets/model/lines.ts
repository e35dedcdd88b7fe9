/** The properties of a row or a column. They move with their line. */
export interface LineProperties {
  readonly hiddenByUser?: boolean | undefined;
  readonly hiddenByFilter?: boolean | undefined;
  readonly pixelSize?: number | undefined;
  /** How many groups the line is in. */
  readonly depth?: number | undefined;
  /** The depths at which the line's group is collapsed. */
  readonly collapsed?: readonly number[] | undefined;
  /** Inserted by this batch into a filtered range. */
  readonly isNew?: boolean | undefined;
}

/** The properties by the line's index; null or no entry: the line has none. */
export type Lines = ReadonlyArray<LineProperties | null>;

export type Dimension = 'ROWS' | 'COLUMNS';

interface LinedTab {
  readonly rowLines?: Lines | undefined;
  readonly columnLines?: Lines | undefined;
}

export function linesOf(tab: LinedTab, dimension: Dimension): Lines {
  return (dimension === 'ROWS' ? tab.rowLines : tab.columnLines) ?? [];
}

/** Writes lines in place of a draft's own; none is the same as undefined. */
export function setLines(
  tab: { rowLines?: Lines | undefined; columnLines?: Lines | undefined },
  dimension: Dimension,
  lines: Lines,
): void {
  const kept = lines.some((line) => line !== null) ? lines : undefined;
  if (dimension === 'ROWS') tab.rowLines = kept;
  else tab.columnLines = kept;
}

/** Changes the properties of the lines from `start` to `end` (exclusive). */
export function changeLines(
  lines: Lines,
  { start, end }: { readonly start: number; readonly end: number },
  change: (line: LineProperties, index: number) => LineProperties,
): Lines {
  const length = Math.max(lines.length, end);
  return Array.from({ length }, (_, index) => {
    const line = lines[index] ?? null;
    return index >= start && index < end ? compact(change(line ?? {}, index)) : line;
  });
}

/** Without the properties that are false or not set; null when none is left. */
function compact(line: LineProperties): LineProperties | null {
  const set = Object.entries(line).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : Boolean(value),
  );
  return set.length > 0 ? Object.fromEntries(set) : null;
}

/** With `count` lines more before `at`, all of them like `inserted`. */
export function withInserted(
  lines: Lines,
  { at, count }: { readonly at: number; readonly count: number },
  inserted: LineProperties,
): Lines {
  const line = compact(inserted);
  if (lines.length <= at && line === null) return lines;
  const before = Array.from({ length: at }, (_, index) => lines[index] ?? null);
  return [...before, ...Array.from({ length: count }, () => line), ...lines.slice(at)];
}

export function withoutDeleted(
  lines: Lines,
  { at, count }: { readonly at: number; readonly count: number },
): Lines {
  return lines.filter((_, index) => index < at || index >= at + count);
}

/** After lines changed places: `order` has for each place the index that was there before. */
export function reordered(lines: Lines, order: readonly number[]): Lines {
  return lines.length === 0 ? lines : order.map((from) => lines[from] ?? null);
}

export interface Group {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly collapsed: boolean;
}

/**
 * The groups of lines, the shallowest first. A group of depth n is a run of lines that are in n
 * groups or more (Google's AddDimensionGroupRequest and DeleteDimensionGroupRequest).
 */
export function groupsOf(lines: Lines): Group[] {
  const deepest = lines.reduce((most, line) => Math.max(most, line?.depth ?? 0), 0);
  return Array.from({ length: deepest }, (_, index) => runs(lines, index + 1)).flat();
}

function runs(lines: Lines, depth: number): Group[] {
  const found: Group[] = [];
  let start = -1;
  for (let index = 0; index <= lines.length; index++) {
    const isInside = (lines[index]?.depth ?? 0) >= depth;
    if (isInside && start < 0) start = index;
    if (isInside || start < 0) continue;
    const members = lines.slice(start, index);
    const collapsed = members.every((line) => line?.collapsed?.includes(depth));
    found.push({ start, end: index, depth, collapsed });
    start = -1;
  }
  return found;
}
