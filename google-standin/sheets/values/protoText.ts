/**
 * A value of JSON as Google's errors print it (apache/texera#1063, burnash/gspread#668):
 *
 *     struct_value {
 *       fields {
 *         key: "name"
 *         …
 */
export function protoText(value: unknown): string {
  return lines(value)
    .map((line) => `${line}\n`)
    .join('');
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) {
    return block(
      'list_value',
      value.flatMap((item) => block('values', lines(item))),
    );
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).flatMap(([key, item]) =>
      block('fields', [`key: ${JSON.stringify(key)}`, ...block('value', lines(item))]),
    );
    return block('struct_value', fields);
  }
  if (typeof value === 'string') return [`string_value: ${JSON.stringify(value)}`];
  if (typeof value === 'boolean') return [`bool_value: ${value}`];
  if (typeof value !== 'number') return ['null_value: NULL_VALUE'];
  return [`number_value: ${Number.isInteger(value) ? value.toFixed(1) : value}`];
}

function block(name: string, inside: readonly string[]): string[] {
  return [`${name} {`, ...inside.map((line) => `  ${line}`), '}'];
}
