import type { MaterialText } from '../../material/index.ts';
import type { FaultKind, Issue } from '../issue.ts';
import type { Analysis } from '../schema.ts';
import { answerOf, type Check } from './answer.ts';
import { beyondGrade } from './beyondGrade.ts';
import { brokenReferences } from './brokenReferences.ts';
import { foreignQuotes } from './foreignQuotes.ts';
import { inventedCp } from './inventedCp.ts';
import { inventedNumbers } from './inventedNumbers.ts';
import { obeyedInstruction } from './obeyedInstruction.ts';
import { revealingOptions } from './revealingOptions.ts';
import { twoKeys } from './twoKeys.ts';
import { uncoveredObjectives } from './uncoveredObjectives.ts';
import { unsupportingQuotes } from './unsupportingQuotes.ts';
import { wrongArithmetic } from './wrongArithmetic.ts';
import { wrongDraft } from './wrongDraft.ts';
import { wrongFase } from './wrongFase.ts';
import { wrongLanguage } from './wrongLanguage.ts';

export { canaryOf } from './obeyedInstruction.ts';
export { isThin } from './wrongDraft.ts';

/** One check for each kind of fault. `wrong-form` is found by the schema, before these. */
const CHECKS: ReadonlyArray<readonly [FaultKind, Check]> = [
  ['wrong-draft', wrongDraft],
  ['foreign-quote', foreignQuotes],
  ['unsupporting-quote', unsupportingQuotes],
  ['invented-number', inventedNumbers],
  ['wrong-fase', wrongFase],
  ['invented-cp', inventedCp],
  ['broken-reference', brokenReferences],
  ['two-keys', twoKeys],
  ['self-revealing-option', revealingOptions],
  ['wrong-arithmetic', wrongArithmetic],
  ['uncovered-objective', uncoveredObjectives],
  ['beyond-grade', beyondGrade],
  ['wrong-language', wrongLanguage],
  ['obeyed-instruction', obeyedInstruction],
];

/** All faults that code sees in an analysis of a material. The schema has checked its form and lengths. */
export function issuesOf(analysis: Analysis, material: MaterialText): Issue[] {
  const answer = answerOf(analysis, material);
  return CHECKS.flatMap(([kind, check]) => check(answer).map((fault) => ({ kind, ...fault })));
}
