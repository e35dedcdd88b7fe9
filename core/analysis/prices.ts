import * as z from 'zod/v4-mini';
import { own } from '../material/index.ts';
import { modelName } from './model.ts';

/** How Google serves a request. Flex costs half, takes 1 to 15 minutes, and may be refused under load. */
export const SERVICE_TIERS = ['standard', 'flex'] as const;
export type ServiceTier = (typeof SERVICE_TIERS)[number];

const TIER_FACTOR: Readonly<Record<ServiceTier, number>> = { standard: 1, flex: 0.5 };

interface Price {
  /** The day from which the price holds, ISO 8601. */
  readonly from: string;
  /** US dollars for a million tokens. */
  readonly input: number;
  /** US dollars for a million tokens. Google bills tokens of thinking as output. */
  readonly output: number;
}

/** Google's list prices (ai.google.dev/gemini-api/docs/pricing, November 2026). The newest price comes first. */
const PRICES: Readonly<Record<string, readonly Price[]>> = {
  'gemini-3.5-flash-lite': [{ from: '2026-11-01', input: 0.3, output: 2.5 }],
  'gemini-3.8-flash': [
    { from: '2027-01-01', input: 1.5, output: 7.5 },
    { from: '2026-11-01', input: 0.75, output: 3.75 },
  ],
};

export const costSchema = z.object({
  /** US dollars by Google's list price. An account may have another price. */
  usd: z.number().check(z.minimum(0)),
  tier: z.enum(SERVICE_TIERS),
  /** The day from which the used price holds. */
  priceOf: z.iso.date(),
});
export type Cost = z.infer<typeof costSchema>;

/** Computes the cost of some tokens. Undefined if the price of the model at that time is not known. */
export function costOf(
  usage: { readonly promptTokens: number; readonly outputTokens: number },
  { model, tier, at }: { readonly model: string; readonly tier: ServiceTier; readonly at: Date },
): Cost | undefined {
  const day = at.toISOString().slice(0, 10);
  const price = own(PRICES, modelName(model))?.find(({ from }) => from <= day);
  if (price === undefined) return undefined;
  const dollars =
    (usage.promptTokens * price.input + usage.outputTokens * price.output) / 1_000_000;
  return { usd: rounded(dollars * TIER_FACTOR[tier]), tier, priceOf: price.from };
}

/** To a millionth of a dollar: the tokens of one answer cost about a tenth of a cent. */
function rounded(dollars: number): number {
  return Math.round(dollars * 1_000_000) / 1_000_000;
}
