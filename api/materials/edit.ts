import { z } from 'zod/v4';
import {
  comparable,
  EDITABLE_FIELDS,
  metadataSchema,
  newMaterialSchema,
  own,
  webAddressOf,
} from '../../core/index.ts';
import type { HistoryEntry } from '../history/index.ts';
import { validate } from '../validate.ts';
import type { EditableField, MaterialRecord } from './repository.ts';

/** The part of a material that people edit. */
export type Editable = Record<EditableField, string> & { metadata: Record<string, string> };

/** The differences between an edit and its material. */
export interface Difference {
  readonly fields: Readonly<Partial<Record<EditableField, string>>>;
  readonly cells: ReadonlyArray<Pick<HistoryEntry, 'field' | 'before' | 'after'>>;
}

/**
 * Reads a whole representation of what people edit.
 *
 * A field that comes back unchanged is neither checked nor normalised. People type rows into the sheet that
 * a form would refuse. So a person can correct one cell of such a row, and the other cells stay.
 *
 * @param within the beginning of each path in an error
 * @throws PortalError `invalid` with the path of every field that is wrong
 */
export function readEdit(row: MaterialRecord, body: unknown, within = ''): Editable {
  const sent = z.looseObject({ metadata: z.unknown() }).safeParse(body).data;
  const returned = EDITABLE_FIELDS.filter((field) => sent?.[field] === row[field]);
  const sentMetadata = metadataSchema.safeParse(sent?.metadata).data;
  const isOld = ([name, text]: [string, string]) => own(row.metadata, name) === text;
  const isJudged = sentMetadata === undefined || !Object.entries(sentMetadata).every(isOld);
  const edit = validate(editSchema(returned, isJudged), body, within);
  // The client saw an empty url in place of a text that is no web address. So the cell of the sheet keeps
  // its text.
  return edit.url === webAddressOf(row.url) ? { ...edit, url: row.url } : edit;
}

/** By the fields that are not checked. Zod compiles each schema; a batch needs the same one again and again. */
const editSchemas = new Map<string, ReturnType<typeof makeEditSchema>>();

function editSchema(unchecked: readonly EditableField[], isMetadataChecked: boolean) {
  const key = [...unchecked, isMetadataChecked].join();
  const schema = editSchemas.get(key) ?? makeEditSchema(unchecked, isMetadataChecked);
  editSchemas.set(key, schema);
  return schema;
}

function makeEditSchema(unchecked: readonly EditableField[], isMetadataChecked: boolean) {
  const asItStands = Object.fromEntries(unchecked.map((field) => [field, z.string()]));
  return z.strictObject({
    ...newMaterialSchema.shape,
    ...asItStands,
    ...(isMetadataChecked ? {} : { metadata: metadataSchema }),
  });
}

/** Texts that compare equal (blanks round them, composition, line ends) are no difference. */
export function differenceOf(row: MaterialRecord, edit: Editable): Difference {
  const changed = EDITABLE_FIELDS.filter(
    (field) => comparable(row[field]) !== comparable(edit[field]),
  );
  const names = new Set([...Object.keys(row.metadata), ...Object.keys(edit.metadata)]);
  const before = (name: string) => own(row.metadata, name);
  const after = (name: string) => own(edit.metadata, name);
  const changedNames = [...names].filter((name) => before(name) !== after(name));
  return {
    fields: Object.fromEntries(changed.map((field) => [field, edit[field]])),
    cells: [
      ...changed.map((field) => ({ field, before: row[field], after: edit[field] })),
      ...changedNames.map((name) => ({
        field: `metadata.${name}`,
        before: before(name) ?? null,
        after: after(name) ?? null,
      })),
    ],
  };
}

/** The history of a material that is new: every cell that is filled, from nothing. */
export function firstCells(row: MaterialRecord, actor: string): HistoryEntry[] {
  const { id: materialId, revision } = row;
  const filled = EDITABLE_FIELDS.filter((field) => row[field] !== '');
  return [
    ...filled.map((field) => ({ field, after: row[field] })),
    ...Object.entries(row.metadata).map(([name, after]) => ({ field: `metadata.${name}`, after })),
  ].map((cell) => ({ ...cell, materialId, actor, before: null, revision }));
}
