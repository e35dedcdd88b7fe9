import { comparable } from '../../../core/index.ts';
import type { MaterialId } from '../../db/ids.ts';
import { PortalError } from '../../errors.ts';
import type { MaterialRecord } from '../repository.ts';
import type { Item, Match } from './item.ts';

/**
 * The materials that a batch knows, in the state that its earlier items have left. So item 2 can update the
 * material that item 1 creates.
 */
export class Known {
  private readonly rows: Map<MaterialId, MaterialRecord>;
  private readonly matched: ReadonlyMap<Match, readonly MaterialId[]>;
  /** By title: the materials that items have written, for PostgreSQL does not know these titles yet. */
  private readonly written = new Map<string, MaterialId[]>();

  /**
   * @param rows locked
   * @param matched up to two ids for each match, as PostgreSQL found them
   */
  constructor(rows: readonly MaterialRecord[], matched: ReadonlyMap<Match, readonly MaterialId[]>) {
    this.rows = new Map(rows.map((row) => [row.id, row]));
    this.matched = matched;
  }

  all(): MaterialRecord[] {
    return [...this.rows.values()];
  }

  /** @throws PortalError `ambiguous` if several materials match the item */
  find({ at, operation, id, match }: Item): MaterialRecord | undefined {
    if (operation === 'create') return undefined;
    if (match === null) return id === undefined ? undefined : this.rows.get(id);
    const matched = this.matched.get(match) ?? [];
    const titles = (match.get('title') ?? []).map(comparable);
    const ids = new Set([...matched, ...titles.flatMap((title) => this.written.get(title) ?? [])]);
    const found = [...ids].flatMap((one) => {
      const row = this.rows.get(one);
      return row !== undefined && isMatch(row, match) ? [row] : [];
    });
    if (found.length > 1 || (found.length === 1 && matched.length > 1)) {
      throw new PortalError(
        'ambiguous',
        `Several materials have the ${[...match.keys()].join(', ')} of ${at}. Give the id of one, or ` +
          'match by more fields.',
      );
    }
    return found[0];
  }

  write(row: MaterialRecord): void {
    this.rows.set(row.id, row);
    const title = comparable(row.title);
    this.written.set(title, [...(this.written.get(title) ?? []), row.id]);
  }
}

function isMatch(row: MaterialRecord, match: Match): boolean {
  return (
    row.deletedAt === null &&
    [...match].every(([field, texts]) => {
      const text = comparable(row[field]);
      return texts.some((one) => comparable(one) === text);
    })
  );
}
