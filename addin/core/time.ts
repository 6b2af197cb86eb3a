/** Waiting, but not for ever. */

/** What `result` comes to; null where that takes longer. */
export async function inTime<T>(result: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((done) => { timer = setTimeout(() => done(null), milliseconds); });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}
