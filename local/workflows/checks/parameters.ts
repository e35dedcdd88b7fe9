import type {
  INode,
  INodeParameters,
  INodeProperties,
  INodePropertyCollection,
  INodePropertyOptions,
  INodeTypeDescription,
} from 'n8n-workflow';
import type { FileNode } from '../files.ts';
import { NodeHelpers } from '../nodeHelpers.ts';
import { checkMapper } from './mapper.ts';

type Values = Readonly<Record<string, unknown>>;

/** What is wrong with the parameters of a node, each with the path of the parameter. */
export function checkParameters(node: FileNode, description: INodeTypeDescription): string[] {
  const { properties } = description;
  const whole = withDefaults(node, description);
  const isShown = (property: INodeProperties) =>
    NodeHelpers.displayParameter(whole.parameters, property, whole, description);
  const faults = checkValues(node.parameters, properties, isShown, '');
  const missing = NodeHelpers.getNodeParametersIssues(properties, whole, description);
  for (const messages of Object.values(missing?.parameters ?? {})) faults.push(...messages);
  return faults;
}

/** The node as n8n runs it: a parameter that the file leaves out has its default. */
export function withDefaults(node: FileNode, description: INodeTypeDescription): INode {
  const { id, name, type, typeVersion, position } = node;
  // Parsed from JSON, so it holds what n8n's parameters may hold.
  const parameters = node.parameters as INodeParameters;
  const given = { id, name, type, typeVersion, position, parameters };
  const { properties } = description;
  const values = NodeHelpers.getNodeParameters(
    properties,
    parameters,
    true,
    true,
    given,
    description,
  );
  return { ...given, parameters: values ?? {} };
}

function checkValues(
  values: Values,
  properties: readonly INodeProperties[],
  isShown: (property: INodeProperties) => boolean,
  path: string,
): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const named = properties.filter((property) => property.name === name);
    const at = `${path}${name}`;
    if (named.length === 0) {
      const known = [...new Set(properties.map((property) => property.name))].join(', ');
      return [`It has no parameter "${at}". Remove it, or use one of: ${known}.`];
    }
    const property = named.find(isShown);
    if (property === undefined) {
      return [`The parameter "${at}" does not apply with its other settings. Remove it.`];
    }
    return checkValue(value, property, at);
  });
}

function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('=');
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isOption = (option: object): option is INodePropertyOptions => 'value' in option;
const isCollection = (option: object): option is INodePropertyCollection => 'values' in option;
const isProperty = (option: object): option is INodeProperties => 'type' in option;

function checkValue(value: unknown, property: INodeProperties, at: string): string[] {
  if (isExpression(value)) return [];
  const { type, options = [], typeOptions } = property;
  if (typeOptions?.['password'] === true && value !== '') {
    return [`The parameter "${at}" holds a secret. Move it into a credential.`];
  }
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`The parameter "${at}" must be true or false.`];
    case 'number':
      return typeof value === 'number' ? [] : [`The parameter "${at}" must be a number.`];
    case 'string':
      return typeof value === 'string' || typeOptions?.multipleValues === true
        ? []
        : [`The parameter "${at}" must be a text.`];
    case 'options':
    case 'multiOptions':
      return typeOptions?.loadOptionsMethod === undefined && typeOptions?.loadOptions === undefined
        ? checkOption(value, options.filter(isOption), at)
        : [];
    case 'resourceLocator':
      return checkLocator(value, property, at);
    case 'resourceMapper':
      return checkMapper(value, at);
    case 'collection':
      return many(value).flatMap((one) =>
        checkValues(one, options.filter(isProperty), () => true, `${at}.`),
      );
    case 'fixedCollection':
      return many(value).flatMap((groups) =>
        Object.entries(groups).flatMap(([name, group]) => {
          const known = options.filter(isCollection).find((one) => one.name === name);
          if (known === undefined) return [`It has no parameter "${at}.${name}". Remove it.`];
          return many(group).flatMap((one) =>
            checkValues(one, known.values, () => true, `${at}.${name}.`),
          );
        }),
      );
    default:
      return [];
  }
}

function many(value: unknown): Values[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

function checkOption(
  value: unknown,
  options: readonly INodePropertyOptions[],
  at: string,
): string[] {
  const chosen: unknown[] = Array.isArray(value) ? value : [value];
  const known = options.map((option) => option.value);
  return chosen
    .filter((one) => !known.some((other) => other === one))
    .map(
      (one) =>
        `The parameter "${at}" has no option ${JSON.stringify(one)}. Use one of: ${known.join(', ')}.`,
    );
}

function checkLocator(value: unknown, { modes = [] }: INodeProperties, at: string): string[] {
  const mode = isObject(value) ? value['mode'] : undefined;
  const known = modes.map(({ name }) => name);
  if (typeof mode === 'string' && known.includes(mode)) return [];
  return [
    `The parameter "${at}" has no mode ${JSON.stringify(mode)}. Use one of: ${known.join(', ')}.`,
  ];
}
