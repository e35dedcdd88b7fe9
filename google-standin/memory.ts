import { quoteTitle } from './sheets/model/a1.ts';
import { answerMethod, checkQuery, type Method } from './sheets/http/method.ts';
import { sheetsMethods } from './sheets/http/methods.ts';
import { tabByTitle, type Spreadsheet } from './sheets/model/spreadsheet.ts';
import { spreadsheetResource } from './sheets/model/properties.ts';
import { renderRange, type RenderedValue } from './sheets/display/render.ts';
import { wholeGrid } from './sheets/model/range.ts';
import { unknownsOf, type SomeUnknowns, type Unknowns } from './sheets/model/unknowns.ts';
import type { NewTab } from './store/saved.ts';
import { Store } from './store/store.ts';

export { GoogleError } from './http/googleError.ts';
export { unknownBehaviours, type SomeUnknowns, type Unknowns } from './sheets/model/unknowns.ts';

/** A parameter of a query as Google's clients take it. */
type Parameter = string | number | boolean | readonly string[] | undefined;
export type Query = Readonly<Record<string, Parameter>>;

export interface NewSheets {
  readonly title?: string;
  readonly tabs: readonly NewTab[];
  /** The switches that are not to have their defaults. */
  readonly unknowns?: SomeUnknowns;
}

/** The account that calls the methods. People change the spreadsheet as its owner. */
const client = 'client@sheets-in-memory.iam.gserviceaccount.com';

/**
 * One spreadsheet in this process, answered by the code that answers over HTTP. Arguments and
 * answers are the JSON of Google's methods; errors are `GoogleError`. It has no sign-in, quotas,
 * faults or files. An answer may share objects with later answers: do not change it.
 */
export function sheetsInMemory({ title = 'Katalog Materi', tabs, unknowns }: NewSheets) {
  const store = Store.open(undefined);
  const { spreadsheetId } = store.create(title, tabs, true, unknowns);
  const resource = (spreadsheet: Spreadsheet, user: string) =>
    spreadsheetResource(spreadsheet, `memory:${spreadsheetId}`, user);
  const methods = new Map(sheetsMethods(store, resource).map((method) => [method.name, method]));
  const current = () => found(store.get(spreadsheetId), `the spreadsheet ${spreadsheetId}`);
  const named = (name: string): Method => found(methods.get(name), `the method ${name}`);

  const call = (name: string, asked: Query, body: unknown = {}): object => {
    const method = named(name);
    const query = searchParams(asked);
    checkQuery(method, query);
    return answerMethod(method, current(), { query, params: {}, body: () => body }, client);
  };

  return {
    spreadsheetId,

    /** `spreadsheets.get`. @throws GoogleError */
    get: (query: Query = {}): object => call('get', query),

    /** `spreadsheets.values.batchGet`. @throws GoogleError */
    batchGet: (query: Query): object => call('values.batchGet', query),

    /** `spreadsheets.batchUpdate`. @throws GoogleError, and then nothing is applied */
    batchUpdate: (body: object, fields?: string): object => call('batchUpdate', { fields }, body),

    /** Requests of a batch as the spreadsheet's owner sends them: no protection refuses them. */
    asOwner(requests: readonly object[]): readonly object[] {
      return store.batchUpdate(spreadsheetId, requests).replies;
    },

    /** A person types into a cell. */
    edit(tab: string, a1: string, value: string): void {
      const data = [
        { range: `${quoteTitle(tab)}!${a1}`, majorDimension: 'ROWS' as const, values: [[value]] },
      ];
      store.writeValues(spreadsheetId, { valueInputOption: 'USER_ENTERED', data });
    },

    /** The cells of a tab as they were entered: formulas as text. */
    entered(tab: string): RenderedValue[][] {
      const spreadsheet = current();
      const range = wholeGrid(found(tabByTitle(spreadsheet, tab), `the tab ${tab}`));
      return renderRange(spreadsheet, range, 'FORMULA', 'SERIAL_NUMBER');
    },

    versions: {
      /** The earlier versions, the oldest first, and the current one: 50 at most. */
      list: () =>
        store
          .versions(spreadsheetId)
          .map(({ version, modifiedTime }) => ({ version, modifiedTime })),
      /** A person restores an earlier version. @throws when there is none of that number */
      restore(version: number): void {
        if (!store.restore(spreadsheetId, version))
          throw new Error(`There is no version ${version}.`);
      },
    },

    /** The behaviour of this spreadsheet where Google's is unknown. */
    get unknowns(): Unknowns {
      return unknownsOf(current());
    },

    setUnknowns: (some: SomeUnknowns): void => store.setUnknowns(spreadsheetId, some),

    /** The whole state, to look at. */
    state: current,
  };
}

export type SheetsInMemory = ReturnType<typeof sheetsInMemory>;

function searchParams(query: Query): URLSearchParams {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const values = typeof value === 'object' ? value : [String(value)];
    return values.map((one): [string, string] => [name, one]);
  });
  return new URLSearchParams(pairs);
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no ${what.replace(/^the /, '')}.`);
  return value;
}
