import { badMask, parseMask, type Mask } from '../http/fieldMask.ts';
import { notImplemented } from '../http/googleError.ts';
import { camelCase, type Names } from './names.ts';

/**
 * Checks the mask of a partial answer (`fields=`), also where the answer happens to lack a field.
 *
 * @throws GoogleError 400 naming the first path that the message does not have
 */
export function refuseUnknownFields(names: Names, message: string, fields: string | null): void {
  if (fields === null || fields === '') return;
  const [unknown] = unknownPaths(names, message, parseMask(fields));
  if (unknown !== undefined) throw badMask(unknown);
}

/** The paths of a mask: `gridProperties/rowCount,title` → `gridProperties.rowCount`, `title`. */
export function fieldPaths(mask: Mask, above: readonly string[] = []): string[] {
  return [...mask].flatMap(([name, below]) => {
    const path = [...above, name];
    return below.size === 0 ? [path.join('.')] : fieldPaths(below, path);
  });
}

/**
 * The paths of a mask that the message does not have.
 *
 * @throws GoogleError 501 for a name as the protocol buffer has it: no record says what Google does
 */
export function unknownPaths(
  names: Names,
  message: string,
  mask: Mask,
  above: readonly string[] = [],
): string[] {
  const fields = names.fieldsOf(message);
  return [...mask].flatMap(([name, below]) => {
    const path = [...above, name];
    const field = fields.get(name);
    if (name === '*' || (field && below.size === 0)) return [];
    if (!field && fields.has(camelCase(name))) {
      throw notImplemented(`the name ${name} in a mask; ${camelCase(name)} is implemented`);
    }
    if (!field) return [path.join('.')];
    const { type } = field;
    if (type === undefined || type === 'any') return fieldPaths(below, path);
    return unknownPaths(names, type, below, path);
  });
}
