/**
 * What `work` resolves with, or `late`; then it goes on by itself, and a rejection that nobody waits for any more is dropped.
 * The timer ends with the work: one that is pending keeps an instance from being free.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), Math.max(ms, 0))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
