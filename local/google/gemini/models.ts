/** The models that answer, with the limits Google lists for them. */
export interface Model {
  readonly id: string;
  readonly displayName: string;
  readonly version: string;
  readonly description: string;
  readonly inputTokenLimit: number;
  readonly outputTokenLimit: number;
  readonly thinking: boolean;
}

function model(
  id: string,
  displayName: string,
  thinking: boolean,
  outputTokenLimit = 65_536,
): Model {
  const description = `${displayName}, answered by the stand-in for Google by plain rules.`;
  return {
    id,
    displayName,
    version: '001',
    description,
    inputTokenLimit: 1_048_576,
    outputTokenLimit,
    thinking,
  };
}

export const models: readonly Model[] = [
  model('gemini-2.5-flash', 'Gemini 2.5 Flash', true),
  model('gemini-2.5-flash-lite', 'Gemini 2.5 Flash-Lite', false),
  model('gemini-2.5-pro', 'Gemini 2.5 Pro', true),
  model('gemini-2.0-flash', 'Gemini 2.0 Flash', false, 8_192),
  model('gemini-flash-latest', 'Gemini Flash Latest', true),
  model('gemini-flash-lite-latest', 'Gemini Flash-Lite Latest', false),
  model('gemini-3-flash-preview', 'Gemini 3 Flash Preview', true),
  model('gemini-3-pro-preview', 'Gemini 3 Pro Preview', true),
];

export function modelResource(m: Model): object {
  return {
    name: `models/${m.id}`,
    version: m.version,
    displayName: m.displayName,
    description: m.description,
    inputTokenLimit: m.inputTokenLimit,
    outputTokenLimit: m.outputTokenLimit,
    supportedGenerationMethods: ['generateContent'],
    temperature: 1,
    topP: 0.95,
    topK: 64,
    maxTemperature: 2,
    thinking: m.thinking,
  };
}
