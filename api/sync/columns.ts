import {
  isMetadataName,
  METADATA_LIMIT,
  METADATA_NAME_LIMIT,
  shortened,
  type RowProblem,
  type Snapshot,
} from '../../core/index.ts';

/**
 * The sheet with the further columns that the portal reads: the first 50, under names that it can keep. It
 * neither reads nor writes the others, so nothing in them is lost. It reports them as a problem of the
 * header row.
 */
export function withinLimits(snapshot: Snapshot): { snapshot: Snapshot; problems: RowProblem[] } {
  const { header } = snapshot;
  if (header === null) return { snapshot, problems: [] };
  const metadata = header.metadata
    .filter(({ name }) => isMetadataName(name))
    .slice(0, METADATA_LIMIT);
  const unread = header.metadata.filter((column) => !metadata.includes(column));
  const [first] = unread;
  if (first === undefined) return { snapshot, problems: [] };
  const rowNumber = header.row + 1;
  const problem: RowProblem = {
    rowNumber,
    kind: 'columns',
    message:
      `Row ${rowNumber}: the portal does not read ${unread.length} further columns, such as ` +
      `"${shortened(first.name)}". They stay in the sheet as they are. It reads ${METADATA_LIMIT}, ` +
      `with headers of at most ${METADATA_NAME_LIMIT} characters.`,
  };
  return { snapshot: { ...snapshot, header: { ...header, metadata } }, problems: [problem] };
}
