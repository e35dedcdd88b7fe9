import {
  CellError,
  divisionError,
  notAvailable,
  toNumber,
  textOf,
  valueError,
  type Scalar,
} from './values.ts';

/** Arguments are given as the cells they cover: a literal is a list of one. */
export type SheetFunction = (args: readonly (readonly Scalar[])[]) => Scalar;

function firstError(args: readonly (readonly Scalar[])[]): CellError | undefined {
  return args.flat().find((value) => value instanceof CellError);
}

/** In ranges only numbers count; text among them is passed over, as SUM does. */
function numbers(args: readonly (readonly Scalar[])[]): number[] {
  return args.flat().filter((value) => typeof value === 'number');
}

const one = (args: readonly (readonly Scalar[])[], index: number): Scalar =>
  args[index]?.[0] ?? null;

const onText =
  (change: (text: string) => Scalar): SheetFunction =>
  (args) => {
    const value = one(args, 0);
    return value instanceof CellError ? value : change(textOf(value));
  };

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The few functions a catalog sheet really holds; any other name is `#NAME?`. */
export const functions: Readonly<Record<string, SheetFunction>> = {
  SUM: (args) => firstError(args) ?? sum(numbers(args)),
  AVERAGE: (args) => {
    const values = numbers(args);
    return firstError(args) ?? (values.length === 0 ? divisionError : sum(values) / values.length);
  },
  MIN: (args) => firstError(args) ?? (numbers(args).length ? Math.min(...numbers(args)) : 0),
  MAX: (args) => firstError(args) ?? (numbers(args).length ? Math.max(...numbers(args)) : 0),
  COUNT: (args) => numbers(args).length,
  COUNTA: (args) => args.flat().filter((value) => value !== null).length,
  CONCATENATE: (args) => {
    const texts = args.flat().map((value) => (value instanceof CellError ? '' : textOf(value)));
    return firstError(args) ?? texts.join('');
  },
  IF: (args) => {
    const condition = one(args, 0);
    if (condition instanceof CellError) return condition;
    const truth =
      typeof condition === 'string' ? condition.toUpperCase() === 'TRUE' : Boolean(condition);
    return truth ? one(args, 1) : args.length > 2 ? one(args, 2) : false;
  },
  UPPER: onText((text) => text.toUpperCase()),
  LOWER: onText((text) => text.toLowerCase()),
  TRIM: onText((text) => text.trim().replace(/ +/g, ' ')),
  LEN: onText((text) => text.length),
  HYPERLINK: (args) => (args.length > 1 ? one(args, 1) : one(args, 0)),
  ROUND: (args) => {
    const value = toNumber(one(args, 0));
    const places = toNumber(one(args, 1));
    if (value instanceof CellError) return value;
    return places instanceof CellError ? valueError : Number(value.toFixed(Math.max(0, places)));
  },
  NA: () => notAvailable,
};
