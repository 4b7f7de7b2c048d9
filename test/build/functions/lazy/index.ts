export const main = async ({ fail = false }: { readonly fail?: boolean }): Promise<string[]> => {
  const before = loads()
  const { answer, refuse } = await import('./seldom.ts')
  if (fail) refuse()
  return [...before, answer, ...loads()]
}

const loads = (): string[] => (process.env.SELDOM_LOADED === undefined ? ['not yet'] : ['loaded'])
