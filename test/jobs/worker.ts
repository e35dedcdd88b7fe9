/**
 * Plays runs in a process of its own, for run.ts: the order comes as JSON in the first argument, the
 * result goes to the parent as one message.
 */
import { checkJobs, type ModelOptions } from './index.ts';

const order = JSON.parse(process.argv[2] ?? '') as ModelOptions;
process.send?.(await checkJobs(order));
