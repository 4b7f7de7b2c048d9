import * as v from 'valibot'

const words = v.nullish(v.string())

const shape = v.object({
  signatureInfo: v.nullish(v.object({ signature: words })),
  expInfo: v.nullish(v.object({ exp_version: words, exp_time: v.nullish(v.number()) })),
  releaseInfo: v.nullish(v.object({ release_version: words, release_time: v.nullish(v.number()) })),
  visible: v.optional(v.boolean()),
})

export interface AccountInfo {
  readonly introduction: string | undefined
  readonly trialVersion: string | undefined
  readonly liveVersion: string | undefined
  readonly visible: boolean | undefined
}

/** The answer of `miniprograms.info`, as far as it is shown. */
export const readAccountInfo = (answer: unknown): AccountInfo => {
  const { signatureInfo, expInfo, releaseInfo, visible } = v.parse(shape, answer)
  return {
    introduction: signatureInfo?.signature ?? undefined,
    trialVersion: expInfo?.exp_version ?? undefined,
    liveVersion: releaseInfo?.release_version ?? undefined,
    visible,
  }
}
