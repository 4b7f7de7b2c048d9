export const main = async (): Promise<string[]> => {
  const before = loads()
  const { answer } = await import('./seldom.ts')
  return [...before, answer, ...loads()]
}

const loads = (): string[] => (process.env.SELDOM_LOADED === undefined ? ['not yet'] : ['loaded'])
