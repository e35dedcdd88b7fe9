import { HEADER as CATALOG_HEADER } from '../../core/sheet/direct/test/rows.ts';

/** The further column of the school. */
export const NOTE = 'Catatan Guru';

export const HEADER = [...CATALOG_HEADER, NOTE];

export const HEADER_TEXTS: ReadonlySet<string> = new Set(HEADER);

/** A name that people give a column instead of its own. */
export const RENAMED = { from: 'MATERIAL_THEME', to: 'Dinamai lain' };
