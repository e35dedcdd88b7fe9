import type { IAllExecuteFunctions } from 'n8n-workflow';
import { DEFAULT_MODEL } from '../../../core/index.ts';
import { readList, readText } from '../../shared/http/read.ts';
import { geminiFailure } from './refusals.ts';
import { requestGemini } from './request.ts';

export interface TextModel {
  /** The id for `generateContent`, without `models/`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** Google has two pages (November 2026). Further pages than these are not read. */
const MOST_PAGES = 20;

/** The words in the names of Gemini's text models, besides the version. */
const TEXT_MODEL_WORDS = new Set(['flash', 'lite', 'pro', 'ultra', 'latest', 'preview', 'exp']);

/**
 * Google lists 2.5 models even to keys that get 404 for them (crewAIInc/crewAI#7003). It shuts them
 * down on 1 December 2026.
 */
const OLDEST_VERSION = 3;

/**
 * The text models that the key may use: the default first, then the newest, aliases last.
 *
 * @throws ItemFailure if the list cannot be read
 */
export async function listTextModels(node: IAllExecuteFunctions): Promise<TextModel[]> {
  const found: TextModel[] = [];
  let pageToken = '';
  for (let page = 1; page <= MOST_PAGES; page++) {
    const outcome = await requestGemini(node, {
      method: 'GET',
      path: '/v1beta/models',
      ...(pageToken === '' ? {} : { qs: { pageToken } }),
      timeoutMs: 20_000,
    });
    if (!outcome.reached || outcome.status !== 200) throw geminiFailure(outcome, 'models');
    found.push(...readList(outcome.body, 'models').filter(isTextModel).map(textModel));
    pageToken = readText(outcome.body, 'nextPageToken');
    if (pageToken === '') break;
  }
  return found.sort(
    (a, b) =>
      Number(b.id === DEFAULT_MODEL) - Number(a.id === DEFAULT_MODEL) ||
      versionOf(b.id) - versionOf(a.id) ||
      a.id.localeCompare(b.id),
  );
}

/**
 * Image, speech and robotics models offer `generateContent` too, so only the name shows what a
 * model is for.
 */
function isTextModel(model: unknown): boolean {
  if (!readList(model, 'supportedGenerationMethods').includes('generateContent')) return false;
  const [family, ...words] = idOf(model).split('-');
  return (
    family === 'gemini' &&
    words.every((word) => TEXT_MODEL_WORDS.has(word) || /^\d+(?:\.\d+)?$/.test(word)) &&
    versionOf(idOf(model)) >= (words.includes('latest') ? 0 : OLDEST_VERSION)
  );
}

function textModel(model: unknown): TextModel {
  const id = idOf(model);
  return {
    id,
    name: readText(model, 'displayName') || id,
    description: readText(model, 'description'),
  };
}

function idOf(model: unknown): string {
  return readText(model, 'name').replace(/^models\//, '');
}

/** `gemini-3.1-pro-preview` → 3.1; 0 for an alias such as `gemini-flash-latest`. */
function versionOf(id: string): number {
  return Number(/^gemini-(\d+(?:\.\d+)?)-/.exec(id)?.[1] ?? 0);
}
