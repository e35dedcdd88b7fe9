/**
 * Waits for work for at most `ms`.
 *
 * @throws Error if the work takes longer: the work goes on, and its result is dropped
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    // This process may be late itself: the answers that have arrived meanwhile are read first.
    timer = setTimeout(
      () => setImmediate(() => reject(new Error(`There was no answer in ${ms} ms.`))),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
