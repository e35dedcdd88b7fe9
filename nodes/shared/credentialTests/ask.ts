import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { lastingFault } from '../http/lastingFault.ts';
import { read, readText } from '../http/read.ts';

export interface Asked {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The text as JSON; undefined if it is not JSON. */
  readonly json: unknown;
}

interface Question {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const TIMEOUT_MS = 10_000;

/** A credential does not work. The message says why and what to do. */
export class TestFailed extends Error {
  override readonly name = 'TestFailed';
}

/**
 * Sends a request of a credential test. n8n gives these tests its older HTTP helper only.
 *
 * @param field the credential's field with the address, as the person sees it
 * @throws TestFailed if there is no answer
 */
export async function ask(
  node: ICredentialTestFunctions,
  field: string,
  question: Question,
): Promise<Asked> {
  const host = hostOf(field, question.url);
  const { request: send } = node.helpers;
  const answer: unknown = await send({
    ...question,
    uri: question.url,
    json: false,
    simple: false,
    resolveWithFullResponse: true,
    followRedirect: false,
    timeout: TIMEOUT_MS,
  }).catch((error: unknown) => new TestFailed(noAnswer(field, host, error)));
  if (answer instanceof TestFailed) throw answer;
  const body = read(answer, 'body');
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  const headers = read(answer, 'headers');
  return {
    status: Number(read(answer, 'statusCode')),
    headers: typeof headers === 'object' && headers !== null ? { ...headers } : {},
    text,
    json: parsed(text),
  };
}

function hostOf(field: string, url: string): string {
  if (!/^https?:\/\//i.test(url)) {
    throw new TestFailed(`${field} has no https:// in front. Write it as https://name.`);
  }
  if (!URL.canParse(url)) {
    throw new TestFailed(`${field} is not a valid address. Write it as https://name.`);
  }
  return new URL(url).host;
}

function noAnswer(field: string, host: string, error: unknown): string {
  const code = readText(error, 'cause', 'code') || readText(error, 'code');
  const message = error instanceof Error ? error.message : String(error);
  const lasting = lastingFault(error);
  if (lasting !== undefined) return `${field}: ${lasting} (${code})`;
  if (/ENOTFOUND|EAI_AGAIN/.test(`${code} ${message}`)) {
    return `There is no server with the name ${host}. Check ${field} for typing errors.`;
  }
  if (/ECONNREFUSED/.test(`${code} ${message}`)) {
    return `Nothing listens at ${host}. Check the port in ${field}, and that the server runs. In a container, 127.0.0.1 and localhost are the container itself.`;
  }
  return `${host} did not answer: ${message.slice(0, 300)}. Check ${field}, and the network of n8n.`;
}

function parsed(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}

/** Runs a test. @returns what n8n shows below the credential */
export async function outcomeOf(test: () => Promise<string>): Promise<INodeCredentialTestResult> {
  try {
    return { status: 'OK', message: await test() };
  } catch (error) {
    return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
  }
}
