import { parseMask } from '../../http/fieldMask.ts';
import { protoPath } from '../../http/json.ts';
import { fieldPaths, sheetsNames, unknownPaths } from '../../names/index.ts';
import { InvalidChange } from '../draft/draft.ts';

/**
 * The paths of a message that a request's `fields` names.
 *
 * @throws InvalidChange when it names no path, or a path that Google does not know
 */
export function requestedPaths(fields: string, message: string): string[] {
  if (fields.trim() === '') {
    throw new InvalidChange(
      "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
    );
  }
  const mask = parseMask(fields);
  const [unknown] = unknownPaths(sheetsNames, message, mask);
  if (unknown !== undefined) {
    throw new InvalidChange(`Invalid field: ${protoPath(unknown.split('.'))}`);
  }
  return fieldPaths(mask);
}
