import * as v from 'valibot'

/** A function as the cloud describes it. */
export interface LiveFunction {
  readonly status: string
  readonly runtime: string
  readonly timeout: number
  readonly memorySize: number
  readonly variables: Readonly<Record<string, string>>
  readonly publicNet: boolean
  readonly fixedIp: boolean
  readonly addresses: readonly string[]
  readonly triggers: readonly LiveTrigger[]
}

export interface LiveTrigger {
  readonly name: string
  readonly cron: string
  readonly enabled: boolean
}

const number = v.union([v.number(), v.pipe(v.string(), v.toNumber())])
const addresses = v.nullish(v.array(v.string()), [])
const eipSchema = v.nullish(
  v.object({
    EipStatus: v.nullish(v.string()),
    EipFixed: v.nullish(v.string()),
    EipAddress: addresses,
    Eips: addresses,
  }),
)

const functionSchema = v.object({
  Status: v.string(),
  Runtime: v.string(),
  Timeout: number,
  MemorySize: number,
  Environment: v.nullish(
    v.object({ Variables: v.nullish(v.array(v.object({ Key: v.string(), Value: v.string() })), []) }),
  ),
  PublicNetConfig: v.nullish(v.object({ PublicNetStatus: v.nullish(v.string()), EipConfig: eipSchema })),
  EipConfig: eipSchema,
  Triggers: v.nullish(
    v.array(
      v.object({ TriggerName: v.string(), TriggerDesc: v.nullish(v.string(), ''), Enable: v.nullish(number, 1) }),
    ),
    [],
  ),
})

/** @throws ValiError where the cloud's answer has another shape */
export function readFunction(detail: unknown): LiveFunction {
  const { Environment, PublicNetConfig, EipConfig, Triggers, ...live } = v.parse(functionSchema, detail)
  const eips = [PublicNetConfig?.EipConfig, EipConfig]
  return {
    status: live.Status,
    runtime: live.Runtime,
    timeout: live.Timeout,
    memorySize: live.MemorySize,
    variables: Object.fromEntries((Environment?.Variables ?? []).map(({ Key, Value }) => [Key, Value])),
    publicNet: PublicNetConfig?.PublicNetStatus === 'ENABLE',
    fixedIp: eips.some((eip) => eip?.EipStatus === 'ENABLE' || eip?.EipFixed === 'TRUE'),
    addresses: [...new Set(eips.flatMap((eip) => [...(eip?.EipAddress ?? []), ...(eip?.Eips ?? [])]))],
    triggers: Triggers.map(({ TriggerName, TriggerDesc, Enable }) => ({
      name: TriggerName,
      cron: cronIn(TriggerDesc),
      enabled: Enable === 1,
    })),
  }
}

/** Described as the plain expression or as `{"cron": "…"}`. */
function cronIn(text: string): string {
  if (!text.startsWith('{')) return text
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.object({ cron: v.string() })), text)
  return parsed.success ? parsed.output.cron : text
}
