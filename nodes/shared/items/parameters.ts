import type {
  IExecuteFunctions,
  IHookFunctions,
  INodeProperties,
  ITriggerFunctions,
} from 'n8n-workflow';
import { ItemFailure } from './itemFailure.ts';

/** A parameter as text; '' where its expression finds nothing, so that a default may reach into an event. */
export function textParameter(node: IExecuteFunctions, name: string, item: number): string {
  const value = node.getNodeParameter(name, item, '');
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : '';
}

/** A parameter as a number; NaN where its expression finds none. */
export function numberParameter(node: IExecuteFunctions, name: string, item: number): number {
  const value = node.getNodeParameter(name, item, '');
  return typeof value === 'number' ? value : Number.parseFloat(String(value));
}

/** A number, or a text such as "50" as an expression may give it; NaN for anything else. */
export function numberOf(value: unknown): number {
  if (typeof value === 'string') return value.trim() === '' ? Number.NaN : Number(value);
  return typeof value === 'number' ? value : Number.NaN;
}

/**
 * The value of an option that is a number; its default if it is not set.
 *
 * @param option as the node describes it
 * @param itemCode the code of the item's error, if not the job's
 * @throws ItemFailure that names the option if it is no number, or below its least value
 */
export function numberOption(
  node: IExecuteFunctions,
  { displayName, name, default: otherwise, typeOptions }: INodeProperties,
  item: number,
  itemCode?: string,
): number {
  const given = node.getNodeParameter('options', item, {});
  if (!Object.hasOwn(given, name)) return Number(otherwise);
  const value = numberOf(given[name]);
  const least = typeOptions?.minValue ?? 0;
  if (Number.isFinite(value) && value >= least) return value;
  const found = (JSON.stringify(given[name]) ?? 'nothing').slice(0, 100);
  throw new ItemFailure(
    'workflow_error',
    `${displayName} is ${found}, and it must be a number of ${least} or more.`,
    {
      retryable: false,
      advice: `Set the option ${displayName} to a number, or remove it. An expression must give a number.`,
      ...(itemCode === undefined ? {} : { itemCode }),
    },
  );
}

/** Whether a trigger's option is on; its default if it is not set. */
export function isOn(
  node: IHookFunctions | ITriggerFunctions,
  { name, default: otherwise }: INodeProperties,
): boolean {
  return node.getNodeParameter(`options.${name}`, otherwise) === true;
}

/** A parameter of type JSON: an object as an expression gives it, or the text a person typed. */
export function jsonParameter(node: IExecuteFunctions, name: string, item: number): unknown {
  const value = node.getNodeParameter(name, item, undefined);
  if (typeof value !== 'string') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    return undefined;
  }
}
