type Fields = Readonly<Record<string, unknown>>

/** A text among WeChat's own fields; empty if there is none. */
export const textOf = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}

/** A number among WeChat's own fields; 0 if there is none. */
export const numberOf = (fields: Fields, name: string): number => {
  const value = fields[name]
  return typeof value === 'number' ? value : 0
}
