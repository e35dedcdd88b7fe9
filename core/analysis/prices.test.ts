import { describe, expect, it } from '@jest/globals';
import { DEFAULT_MODEL } from './model.ts';
import { costOf } from './prices.ts';

const usage = { promptTokens: 1_000_000, outputTokens: 100_000 };
const at = new Date('2026-11-28T00:00:00Z');

describe('The cost of tokens', () => {
  it('is known for the default model', () => {
    expect(costOf(usage, { model: DEFAULT_MODEL, tier: 'standard', at })).toEqual({
      usd: 0.55,
      tier: 'standard',
      priceOf: '2026-11-01',
    });
  });

  it('follows the price of the day, and is half of it on Flex', () => {
    const ask = (tier: 'standard' | 'flex', day: string) =>
      costOf(usage, { model: 'gemini-3.8-flash', tier, at: new Date(day) })?.usd;
    expect(ask('standard', '2026-12-31T23:59:59Z')).toBe(1.125);
    expect(ask('standard', '2027-01-01T00:00:00Z')).toBe(2.25);
    expect(ask('flex', '2027-01-01T00:00:00Z')).toBe(1.125);
  });

  it('is that of the model for a dated version of it', () => {
    const dated = `models/${DEFAULT_MODEL}-001`;
    expect(costOf(usage, { model: dated, tier: 'standard', at })?.usd).toBe(0.55);
  });

  it.each(['gemini-9-flash', 'toString', ''])('is not made up for the model %p', (model) => {
    expect(costOf(usage, { model, tier: 'standard', at })).toBeUndefined();
  });

  it('is not made up for a day before the first known price', () => {
    const before = new Date('2026-01-01T00:00:00Z');
    expect(costOf(usage, { model: DEFAULT_MODEL, tier: 'standard', at: before })).toBeUndefined();
  });
});
