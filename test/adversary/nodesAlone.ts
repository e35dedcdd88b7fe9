import type { Deed, History, PersonsDeed } from './deeds.ts';
import { Stage } from './stage.ts';

/** So many runs after the last fault roll back what is to be rolled back. */
const LAST_RUNS = 5;

/** The third row has no id. */
const IDS = ['01980000-0000-7000-8000-000000000001', '01980000-0000-7000-8000-000000000002', ''];

/**
 * Plays a history of nodes and people on a new sheet without the portal, so without PostgreSQL.
 *
 * @returns what was lost or is in a wrong cell
 */
export async function lossesOfNodes({ google, steps }: History): Promise<string[]> {
  const stage = new Stage(google, IDS);
  const play = async (deeds: readonly Deed[]): Promise<void> => {
    for (const deed of deeds) {
      if (deed.kind === 'arrive') await stage.google.arrive();
      else if (deed.kind === 'node') await stage.node(deed.run, play);
      else if (isOfPeople(deed)) stage.people(deed);
    }
  };
  for (const step of steps) {
    if (step.kind === 'node') await stage.node(step.run, play, step, step.fault);
    else if (step.kind === 'deeds') await play(step.deeds);
  }

  await stage.clear();
  const run = { operation: 'create', row: 1, field: 'description', isKilled: false } as const;
  for (let count = 0; count < LAST_RUNS; count += 1) await stage.node(run, play);
  const { texts } = stage.outputs;
  return stage.oracle.problems({ texts, unplacedHeaders: texts, metadata: new Set() });
}

function isOfPeople(deed: Deed): deed is PersonsDeed {
  return !['portal', 'other', 'arrive', 'node'].includes(deed.kind);
}
