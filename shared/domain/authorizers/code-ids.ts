import type { Platform } from '../platform.ts'

/* Codes of redirects and pushes are known by these names; a code itself is never stored in the clear. */

export const codeIdOf = (platform: Platform, code: string): string => platform.ids.hash('code', code)

export const preAuthIdOf = (platform: Platform, preAuthCode: string): string =>
  platform.ids.hash('preAuthCode', preAuthCode)
