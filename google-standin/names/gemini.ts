/**
 * The names of Gemini's `generateContent`, kept by hand: googleapis has no types of this API. From
 * ai.google.dev/api/generate-content and /api/caching#Content, #Schema (v1beta, November 2026). A
 * field that the stand-in does not read is `any`.
 */

/** The fields of each message, as in the generated files. */
export const messages: Readonly<Record<string, string>> = {
  GenerateContentRequest:
    'cachedContent contents[]:Content generationConfig:GenerationConfig model safetySettings[]:any serviceTier store systemInstruction:Content toolConfig:any tools[]:any',
  Content: 'parts[]:Part role',
  Part: 'codeExecutionResult:any executableCode:any fileData:any functionCall:any functionResponse:any inlineData:any mediaResolution:any partMetadata:any text thought thoughtSignature toolCall:any toolResponse:any videoMetadata:any',
  GenerationConfig:
    '_responseJsonSchema:any audioTranscriptionConfig:any candidateCount enableAffectiveDialog enableEnhancedCivicAnswers frequencyPenalty imageConfig:any logprobs maxOutputTokens mediaResolution presencePenalty responseFormat:any responseJsonSchema:any responseLogprobs responseMimeType responseModalities[] responseSchema:Schema seed speechConfig:any stopSequences[] temperature thinkingConfig:ThinkingConfig topK topP translationConfig:any',
  Schema:
    'anyOf[]:Schema default:any description enum[] example:any format items:Schema maxItems maxLength maxProperties maximum minItems minLength minProperties minimum nullable pattern properties{}:Schema propertyOrdering[] required[] title type',
  ThinkingConfig: 'includeThoughts thinkingBudget thinkingLevel',
};

/** The parameters of each method. */
export const parameters: Readonly<Record<string, string>> = {
  'models.list': 'pageSize pageToken',
  'models.get': '',
  generatecontent: '',
};
