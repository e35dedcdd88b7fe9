import type { INodeTypeDescription } from 'n8n-workflow';
import type { Descriptions } from '../descriptions.ts';
import type { FileNode } from '../files.ts';
import { NodeHelpers } from '../nodeHelpers.ts';
import { checkParameters, withDefaults } from './parameters.ts';

/** The form of the fixed ids of credentials, as `npm start` gives them. */
const CREDENTIAL_ID = /^[A-Za-z0-9]{16}$/;

/** What is wrong with one node. */
export function checkNode(node: FileNode, descriptions: Descriptions): string[] {
  const { type, typeVersion } = node;
  const all = descriptions(type);
  if (all.length === 0) {
    return [`There is no node type "${type}". Is it misspelt, or of a package that n8n lacks?`];
  }
  const versions = all.flatMap(({ version }) => version);
  const description = all.find(({ version }) => [version].flat().includes(typeVersion));
  if (description === undefined) {
    const known = versions.sort((a, b) => a - b).join(', ');
    return [`"${type}" has no version ${typeVersion}. Use one of: ${known}.`];
  }
  return [
    ...checkParameters(node, description),
    ...checkCredentials(node, description),
    ...checkWebhook(node, description),
  ];
}

function checkCredentials(node: FileNode, description: INodeTypeDescription): string[] {
  const { credentials = {} } = node;
  const whole = withDefaults(node, description);
  const shown = (description.credentials ?? []).filter((one) =>
    NodeHelpers.displayParameter(whole.parameters, one, whole, description),
  );
  const missing = shown
    .filter(({ name, required }) => required === true && credentials[name] === undefined)
    .map(({ name }) => `It lacks the credential "${name}". Add it by id and name.`);
  const given = Object.entries(credentials).flatMap(([type, { id, name }]) => {
    if (!shown.some((one) => one.name === type)) {
      return [`It takes no credential "${type}" with these settings. Remove it.`];
    }
    if (name === '' || !CREDENTIAL_ID.test(id)) {
      return [`Its credential "${type}" needs a name and an id of 16 letters and digits.`];
    }
    return [];
  });
  return [...missing, ...given];
}

function checkWebhook({ webhookId }: FileNode, { webhooks = [] }: INodeTypeDescription): string[] {
  const registers = webhooks.some(({ restartWebhook }) => restartWebhook !== true);
  if (!registers || (webhookId !== undefined && webhookId !== '')) return [];
  return ['It has no webhookId, so each import would give it another address. Add a UUID.'];
}
