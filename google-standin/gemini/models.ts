import { DEFAULT_MODEL } from '../../core/analysis/index.ts';

export type ThinkingLevel = 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH';

/**
 * A model as Google lists it in November 2026. Its answer to `generateContent`:
 * - `text`: an answer, with the thinking levels it takes;
 * - `routed`: the answer of another model, silently (enricoros/big-AGI#1082);
 * - `closed`: 404 to a key that is new, though it is listed (crewAIInc/crewAI#7003);
 * - `retired`: 404, and it is not listed any more (google/adk-docs#1840);
 * - `media`: pictures, speech, robots: not implemented here;
 * - `other`: it does not offer `generateContent`.
 */
export type Model = {
  readonly id: string;
  readonly displayName: string;
  readonly methods: readonly string[];
} & (
  | {
      readonly kind: 'text';
      readonly levels: readonly ThinkingLevel[];
      readonly default: ThinkingLevel;
    }
  | { readonly kind: 'routed'; readonly to: string }
  | { readonly kind: 'closed' | 'retired' | 'media' | 'other' }
);

export type TextModel = Extract<Model, { kind: 'text' }>;

export const OUTPUT_TOKEN_LIMIT = 65_536;

const GENERATES = ['generateContent', 'countTokens', 'createCachedContent', 'batchGenerateContent'];
const ALL: readonly ThinkingLevel[] = ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'];
/** MINIMAL is refused by 3.7 and 3.8 Flash and by 3.1 Pro (ai.google.dev/gemini-api/docs/thinking). */
const NOT_MINIMAL = ALL.slice(1);

const text = (
  id: string,
  levels: readonly ThinkingLevel[],
  level: ThinkingLevel,
  displayName = nameOf(id),
): Model => ({ kind: 'text', id, displayName, methods: GENERATES, levels, default: level });

const routed = (id: string, to: string): Model => ({
  kind: 'routed',
  id,
  displayName: nameOf(id),
  methods: GENERATES,
  to,
});

const others = (
  kind: 'closed' | 'retired' | 'media' | 'other',
  methods: readonly string[],
  ids: string,
): Model[] => ids.split(/\s+/).map((id) => ({ kind, id, displayName: nameOf(id), methods }));

/** In no order that means anything, as Google lists them: two pages of 50. */
export const models: readonly Model[] = [
  ...others('closed', GENERATES, 'gemini-2.5-flash gemini-2.5-pro gemini-2.5-flash-lite'),
  ...others('media', GENERATES, 'gemini-2.5-flash-preview-tts gemini-2.5-pro-preview-tts'),
  text('gemini-flash-latest', NOT_MINIMAL, 'MEDIUM'),
  text('gemini-flash-lite-latest', ALL, 'MINIMAL'),
  text('gemini-pro-latest', NOT_MINIMAL, 'HIGH'),
  ...others('media', GENERATES, 'gemini-2.5-flash-image gemini-3-pro-image-preview'),
  ...others('media', GENERATES, 'gemini-3-pro-image nano-banana-pro-preview'),
  text('gemini-3-flash-preview', ALL, 'HIGH'),
  routed('gemini-3-pro-preview', 'gemini-3.1-pro-preview'),
  text('gemini-3.1-pro-preview', NOT_MINIMAL, 'HIGH'),
  text('gemini-3.1-pro-preview-customtools', NOT_MINIMAL, 'HIGH'),
  text('gemini-3.1-flash-lite', ALL, 'MINIMAL'),
  ...others(
    'media',
    GENERATES,
    `gemini-3.1-flash-image gemini-3.1-flash-lite-image gemini-3.1-flash-tts-preview
    gemini-robotics-er-1.5-preview gemini-robotics-er-1.6-preview
    gemini-2.5-computer-use-preview-10-2025 deep-research-pro-preview-12-2025
    deep-research-preview-04-2026 deep-research-max-preview-04-2026 lyria-3-clip-preview
    lyria-3-pro-preview gemini-omni-flash-preview gemini-omni-1.1-flash gemini-3.5-transcribe
    gemma-3-1b-it gemma-3-4b-it gemma-3-12b-it gemma-3-27b-it gemma-3n-e2b-it gemma-3n-e4b-it
    gemma-4-26b-a4b-it gemma-4-31b-it`,
  ),
  text('gemini-3.5-flash', ALL, 'MEDIUM'),
  text(DEFAULT_MODEL, ALL, 'MINIMAL', 'Gemini 3.5 Flash-Lite'),
  text('gemini-3.6-flash', ALL, 'MEDIUM'),
  text('gemini-3.7-flash', NOT_MINIMAL, 'MEDIUM'),
  ...others(
    'other',
    ['embedContent', 'countTextTokens', 'countTokens', 'asyncBatchEmbedContent'],
    'gemini-embedding-001 gemini-embedding-2-preview gemini-embedding-2',
  ),
  ...others('other', ['generateAnswer'], 'aqa'),
  ...others(
    'other',
    ['predict'],
    'imagen-4.0-generate-001 imagen-4.0-ultra-generate-001 imagen-4.0-fast-generate-001',
  ),
  ...others(
    'other',
    ['predictLongRunning'],
    `veo-2.0-generate-001 veo-3.0-generate-001 veo-3.0-fast-generate-001 veo-3.1-generate-preview
    veo-3.1-fast-generate-preview veo-3.1-lite-generate-preview`,
  ),
  ...others(
    'other',
    ['bidiGenerateContent'],
    `gemini-2.5-flash-native-audio-latest gemini-2.5-flash-native-audio-preview-09-2025
    gemini-2.5-flash-native-audio-preview-12-2025 gemini-3.1-flash-live-preview
    gemini-3.5-live-translate-preview gemini-3.8-live`,
  ),
  text('gemini-3.8-flash', NOT_MINIMAL, 'MEDIUM'),
  ...others('retired', GENERATES, 'gemini-2.0-flash gemini-2.0-flash-001 gemini-2.0-flash-lite'),
];

/** Which model an alias means today. */
const ALIASES: Readonly<Record<string, string>> = {
  'gemini-flash-latest': 'gemini-3.8-flash',
  'gemini-flash-lite-latest': DEFAULT_MODEL,
  'gemini-pro-latest': 'gemini-3.1-pro-preview',
};

/** Gemini's name for the model that answers: `modelVersion`. */
export function versionOf({ id }: TextModel): string {
  return ALIASES[id] ?? id;
}

/**
 * Whether the model goes on with a model's turn that ends the request. Since 3.6 Flash and 3.5
 * Flash-Lite new models refuse one (LibreChat-AI/agents#323).
 */
export function continuesModelTurns(model: TextModel): boolean {
  return /^gemini-3(?:\.1)?-|^gemini-3\.5-flash$/.test(versionOf(model));
}

/** The model that Gemini names when it routes a request on: never the one asked. */
export function routedVersion(model: TextModel): string {
  return versionOf(model) === 'gemini-3.8-flash' ? 'gemini-3.6-flash' : 'gemini-3.8-flash';
}

/** `gemini-3.6-flash` → `Gemini 3.6 Flash`. */
function nameOf(id: string): string {
  return id.replaceAll('-', ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

export function modelResource({ id, displayName, methods, kind }: Model): object {
  return {
    name: `models/${id}`,
    version: '001',
    displayName,
    description: 'Listed by the stand-in for Google',
    inputTokenLimit: 1_048_576,
    outputTokenLimit: OUTPUT_TOKEN_LIMIT,
    supportedGenerationMethods: methods,
    ...(kind === 'other' ? {} : { temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2 }),
    ...(kind === 'text' || kind === 'routed' ? { thinking: true } : {}),
  };
}
