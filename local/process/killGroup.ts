import { errorCode } from '../../google-standin/store/errorCode.ts';

/** Signals every process of the group that `pid` leads; a group that is gone is no error. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
