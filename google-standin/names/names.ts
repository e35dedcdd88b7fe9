/** A field of one of Google's messages. */
export interface Field {
  /** The message it holds, `any` for values of any type; undefined: a scalar. */
  readonly type: string | undefined;
  readonly shape: 'single' | 'list' | 'map';
}

/** The names that one of Google's APIs knows: its messages' fields and its methods' parameters. */
export class Names {
  /** The package before a message's name in an error: `google.apps.sheets.v4`. */
  readonly packageName: string;
  private readonly messages: Readonly<Record<string, string>>;
  private readonly methods: Readonly<Record<string, string>>;
  private readonly parsed = new Map<string, ReadonlyMap<string, Field>>();

  constructor(
    packageName: string,
    messages: Readonly<Record<string, string>>,
    methods: Readonly<Record<string, string>>,
  ) {
    this.packageName = packageName;
    this.messages = messages;
    this.methods = methods;
  }

  /** @throws when Google has no such message */
  fieldsOf(message: string): ReadonlyMap<string, Field> {
    const known = this.parsed.get(message);
    if (known) return known;
    const text = this.messages[message];
    if (text === undefined) throw new Error(`Google has no message ${message}.`);
    const fields = new Map(words(text).map(parseField));
    this.parsed.set(message, fields);
    return fields;
  }

  /** The parameters of a method by its name in the API: `values.batchGet`. */
  parametersOf(method: string): readonly string[] {
    return words(this.methods[method.toLowerCase()] ?? '');
  }
}

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

function parseField(text: string): [string, Field] {
  const [name = '', type] = text.split(':');
  const shape = name.endsWith('[]') ? 'list' : name.endsWith('{}') ? 'map' : 'single';
  return [name.replace(/\[\]$|\{\}$/, ''), { type, shape }];
}

/** `sheet_id` → `sheetId`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
