// @ts-check
/**
 * Whether a process has this id. A lock that a power cut damaged gives 0 or NaN, which is no id.
 * @param {number} pid
 */
export function isRunning(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
