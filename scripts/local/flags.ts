import { parseArgs } from 'node:util'

export interface LocalFlags {
  /** 0 picks one. */
  readonly port: number
  readonly dataFolder: string | undefined
  /** Stands in for both of WeChat's origins. */
  readonly wechat: string | undefined
  readonly maxInstances: number | undefined
  readonly timers: boolean
}

export const localUsage =
  'usage: npm run local -- [--port N] [--data DIR] [--wechat URL] [--max-instances N] [--no-timers]'

const defaultPort = 3000

export const readLocalFlags = (args: readonly string[]): LocalFlags | { readonly problem: string } => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        wechat: { type: 'string' },
        'max-instances': { type: 'string' },
        'no-timers': { type: 'boolean' },
      },
    })
    return {
      port: readInteger('--port', values.port, 0, 65_535) ?? defaultPort,
      dataFolder: readText('--data', values.data),
      wechat: readOrigin(values.wechat),
      maxInstances: readInteger('--max-instances', values['max-instances'], 1, 1_000),
      timers: values['no-timers'] !== true,
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

const readInteger = (flag: string, text: string | undefined, least: number, most: number): number | undefined => {
  if (text === undefined) return undefined
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw new Error(`${flag} must be a whole number from ${least} to ${most}`)
  return number
}

const readText = (flag: string, text: string | undefined): string | undefined => {
  if (text === '') throw new Error(`${flag} must not be empty`)
  return text
}

const readOrigin = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new Error('--wechat must be an http or https URL')
  return text.replace(/\/+$/, '')
}
