import { GoogleError, notImplemented } from '../http/googleError.ts';
import { models, type Model, type TextModel } from './models.ts';

/** @throws GoogleError 404 for a model that Google does not list */
export function listedModel(id: string): Model {
  const model = models.find((each) => each.id === id && each.kind !== 'retired');
  if (model) return model;
  throw notFound(id, 'getModel');
}

/**
 * The model that answers when this one is asked; a text model, though perhaps another one.
 *
 * @throws GoogleError 404 in Google's words for a model that is unknown, closed or retired
 */
export function answeringModel(id: string): TextModel {
  const model = models.find((each) => each.id === id);
  switch (model?.kind) {
    case 'text':
      return model;
    case 'routed':
      return answeringModel(model.to);
    case 'closed':
      throw noLongerAvailable(id, ' to new users');
    case 'retired':
      throw noLongerAvailable(id, '');
    case 'media':
      throw notImplemented(`answers of ${id}, which is no text model`);
    default:
      throw notFound(id, 'generateContent');
  }
}

/** The words that developers quote in kestra-io/docs#5168 and google/adk-docs#1840. */
function noLongerAvailable(id: string, toWhom: string): GoogleError {
  return new GoogleError(
    404,
    `This model models/${id} is no longer available${toWhom}. Please update your code to use a newer model for the latest features and improvements.`,
  );
}

/** The words quoted in ECuiDev/obsidian-quiz-generator#43. */
function notFound(id: string, purpose: string): GoogleError {
  return new GoogleError(
    404,
    `models/${id} is not found for API version v1beta, or is not supported for ${purpose}. Call ListModels to see the list of available models and their supported methods.`,
  );
}
