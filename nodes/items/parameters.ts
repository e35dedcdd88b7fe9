import type { IExecuteFunctions } from 'n8n-workflow';

/** A parameter as text; '' where its expression finds nothing, so that a default may reach into an event. */
export function textParameter(this: IExecuteFunctions, name: string, item: number): string {
  const value = this.getNodeParameter(name, item, '');
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : '';
}

/** A parameter as a number; NaN where its expression finds none. */
export function numberParameter(this: IExecuteFunctions, name: string, item: number): number {
  const value = this.getNodeParameter(name, item, '');
  return typeof value === 'number' ? value : Number.parseFloat(String(value));
}

/** One of the node's "Options", which are numbers all. */
export function numberOption(
  this: IExecuteFunctions,
  name: string,
  item: number,
  otherwise: number,
): number {
  const value = this.getNodeParameter('options', item, {})[name];
  return typeof value === 'number' ? value : otherwise;
}

/** A parameter of type JSON: an object as an expression gives it, or the text a person typed. */
export function jsonParameter(this: IExecuteFunctions, name: string, item: number): unknown {
  const value = this.getNodeParameter(name, item, undefined);
  if (typeof value !== 'string') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    return undefined;
  }
}
