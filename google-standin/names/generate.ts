import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

/**
 * Writes `sheets.ts` and `drive.ts`: the names that Google's APIs know, from the types of the
 * installed googleapis package. Run it after an update of that package:
 *
 *     node google-standin/names/generate.ts
 */

const require = createRequire(import.meta.url);

/** The file of names for one API. `roots` are the messages to start from; null: all of them. */
export async function namesFile(api: string, roots: readonly string[] | null): Promise<string> {
  const path = require.resolve(`googleapis/build/src/apis/${api}.d.ts`);
  const interfaces = interfacesIn(readFileSync(path, 'utf8'));
  const messages = messagesFrom(interfaces, roots);
  const text = `
    /** Generated from googleapis ${api} by generate.ts. Do not edit. */

    /** The fields of each message: \`name\`, \`list[]\`, \`map{}\`, with \`:Message\` if it is not a scalar. */
    export const messages: Readonly<Record<string, string>> = ${JSON.stringify(messages)};

    /** The parameters of each method (in lower case). */
    export const parameters: Readonly<Record<string, string>> = ${JSON.stringify(parametersIn(interfaces))};
  `;
  return format(text, { ...(await resolveConfig(import.meta.filename)), parser: 'typescript' });
}

type Interfaces = ReadonlyMap<string, readonly ts.PropertySignature[]>;

function interfacesIn(text: string): Interfaces {
  const found = new Map<string, ts.PropertySignature[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node)) {
      found.set(node.name.text, node.members.filter(ts.isPropertySignature));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('api.d.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

function messagesFrom(interfaces: Interfaces, roots: readonly string[] | null) {
  const all = [...interfaces.keys()].flatMap((name) => name.match(/^Schema\$(.+)/)?.[1] ?? []);
  const wanted = new Set(roots ?? all);
  for (const message of wanted) {
    for (const { type } of interfaces.get(`Schema$${message}`) ?? []) {
      const below = messageIn(type?.getText() ?? '');
      if (below) wanted.add(below);
    }
  }
  const inPath = pathFields(interfaces);
  const entries = [...wanted].toSorted().map((message) => {
    const fields = (interfaces.get(`Schema$${message}`) ?? []).map((property) => {
      const type = property.type?.getText() ?? '';
      const shape = type.includes('[key: string]') ? '{}' : type.includes('[]') ? '[]' : '';
      const below = /\bany\b/.test(type) ? 'any' : messageIn(type);
      return `${property.name.getText()}${shape}${below ? `:${below}` : ''}`;
    });
    return [message, [...fields, ...(inPath.get(message) ?? [])].join(' ')] as const;
  });
  return Object.fromEntries(entries);
}

/** A request's message has the fields of its path too, and a client may repeat them in the body. */
function pathFields(interfaces: Interfaces): ReadonlyMap<string, readonly string[]> {
  const entries = [...interfaces].flatMap(([name, properties]) => {
    const body = properties.find((property) => property.name.getText() === 'requestBody');
    const message = messageIn(body?.type?.getText() ?? '');
    if (!name.startsWith('Params$') || !message?.endsWith('Request')) return [];
    const names = properties.map((property) => property.name.getText());
    return [[message, names.filter((one) => one !== 'requestBody')] as const];
  });
  return new Map(entries);
}

const messageIn = (type: string): string | undefined => /Schema\$(\w+)/.exec(type)?.[1];

/** The parameters of the path and the body, which are not in the query. */
const notInQuery = ['spreadsheetId', 'range', 'sheetId', 'metadataId', 'fileId', 'requestBody'];

function parametersIn(interfaces: Interfaces) {
  const entries = [...interfaces].flatMap(([name, properties]) => {
    const method = /^Params\$Resource\$(?:Spreadsheets\$)?((?:(?:Values|Files)\$)?\w+)$/.exec(name);
    if (!method?.[1]) return [];
    const names = properties.map((property) => property.name.getText());
    const inQuery = names.filter((parameter) => !notInQuery.includes(parameter));
    return [[method[1].replace('$', '.').toLowerCase(), inQuery.join(' ')] as const];
  });
  return Object.fromEntries(entries);
}

/** The generated files. */
export const generated = [
  { file: 'sheets.ts', api: 'sheets/v4', roots: null },
  { file: 'drive.ts', api: 'drive/v3', roots: ['File', 'FileList'] },
];

async function writeAll(): Promise<void> {
  for (const { file, api, roots } of generated) {
    writeFileSync(`${import.meta.dirname}/${file}`, await namesFile(api, roots));
  }
}

if (process.argv[1] === import.meta.filename) void writeAll();
