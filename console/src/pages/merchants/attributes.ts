/** `name=value`, one a line. */
export const formatAttributes = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')

type Parsed = { readonly attributes: Readonly<Record<string, string>> } | { readonly wrong: string }

export const parseAttributes = (text: string): Parsed => {
  const pairs: [string, string][] = []
  for (const line of text.split('\n').map((line) => line.trim())) {
    if (line === '') continue
    const [, name, value] = /^([^=\s][^=]*?)\s*=\s*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) return { wrong: line }
    pairs.push([name, value])
  }
  return { attributes: Object.fromEntries(pairs) }
}
