import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nodeHistories } from '../../../../test/adversary/histories.ts';
import { lossesOfNodes } from '../../../../test/adversary/nodesAlone.ts';

/** The same histories every time. `npm run test:adversary` plays others, with the portal beside the nodes. */
const RUNS = 60;
const SEED = 20_261_126;

it(`keeps every text in its cell or in an output in ${RUNS} histories of nodes and people`, async () => {
  await fc.assert(
    fc.asyncProperty(nodeHistories, async (history) => {
      expect(await lossesOfNodes(history)).toEqual([]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
