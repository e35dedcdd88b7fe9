import { describe, expect, it } from '@jest/globals';
import { isSameModel } from './model.ts';

describe('the model that answered', () => {
  it.each([
    ['gemini-9-flash', 'gemini-9-flash'],
    ['models/gemini-9-flash', 'gemini-9-flash'],
    ['gemini-9-flash', 'models/gemini-9-flash-001'],
    ['gemini-9-flash', 'gemini-9-flash-preview-09-2026'],
    ['gemini-9-pro-preview', 'gemini-9-pro'],
    ['gemini-flash-latest', 'gemini-9.5-flash'],
    ['gemini-flash-lite-latest', 'gemini-9-flash-lite-preview-11-2026'],
    ['gemini-9-flash', ''],
  ])('is the one asked for: %s and %s', (asked, answered) => {
    expect(isSameModel(asked, answered)).toBe(true);
  });

  it.each([
    ['gemini-9-flash', 'gemini-9.1-flash'],
    ['gemini-9-flash', 'gemini-9-flash-lite'],
    ['gemini-9-pro-preview', 'gemini-9.1-pro-preview'],
    ['gemini-flash-latest', 'gemini-9-flash-lite'],
    ['gemini-flash-lite-latest', 'gemini-9-flash'],
  ])('is another one: asked %s, answered %s', (asked, answered) => {
    expect(isSameModel(asked, answered)).toBe(false);
  });
});
