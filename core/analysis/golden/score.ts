import { checkAnalysis, type CheckedAnalysis } from '../check.ts';
import { patched, SPOILT_KINDS, type GoldenItem } from './golden.ts';

type Spoilt = GoldenItem['spoilt'][number];
type Verdict = Spoilt['expect']['verdict'];

/** How many variants the checks should see, and how many of them got at least their verdict at their path. */
interface Count {
  of: number;
  caught: number;
}

export interface Score {
  /** Right answers: how many, how many were refused, how many sent to a person. */
  readonly right: { readonly of: number; readonly refused: number; readonly reviewed: number };
  /** Counts by kind and verdict. For the verdict `missed`, `caught` counts variants that a check refused by chance. */
  readonly spoilt: Readonly<Record<string, Readonly<Record<Verdict, Count>>>>;
}

/** Runs the checks on right answers and on their spoilt variants. */
export function scoreOf(items: readonly GoldenItem[]): Score {
  const right = items.map((item) => checked(item, item.right));
  const spoilt = Object.fromEntries(
    SPOILT_KINDS.map((kind) => {
      const counts = { refuse: none(), review: none(), missed: none() };
      for (const item of items) {
        for (const variant of item.spoilt.filter((one) => one.kind === kind)) {
          const count = counts[variant.expect.verdict];
          count.of += 1;
          if (isCaught(checked(item, patched(item.right, variant.patch)), variant)) {
            count.caught += 1;
          }
        }
      }
      return [kind, counts] as const;
    }),
  );
  return {
    right: {
      of: right.length,
      refused: right.filter(({ refused }) => refused.length > 0).length,
      reviewed: right.filter(({ refused, review }) => refused.length === 0 && review.length > 0)
        .length,
    },
    spoilt,
  };
}

function none(): Count {
  return { of: 0, caught: 0 };
}

function checked({ material }: GoldenItem, answer: object): CheckedAnalysis {
  return checkAnalysis(JSON.stringify(answer), material);
}

/**
 * Whether a check of the variant's kind has found it at its path, with its verdict or a stricter one. A variant
 * for a person must not be refused: the teacher may be wrong. Of a `missed` one any issue counts.
 */
export function isCaught({ refused, review }: CheckedAnalysis, { kind, expect }: Spoilt): boolean {
  if (expect.verdict === 'missed') return refused.length + review.length > 0;
  if (expect.verdict === 'review' && refused.length > 0) return false;
  const issues = expect.verdict === 'refuse' ? refused : review;
  return issues.some((issue) => issue.kind === kind && issue.path === expect.path);
}
