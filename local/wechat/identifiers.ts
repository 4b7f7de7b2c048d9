import { randomBytes, randomInt } from 'node:crypto'

/** Shaped like WeChat's own, so that code which guesses from a shape meets the real one. */
const randomText = (length: number): string => randomBytes(length).toString('base64url').slice(0, length)

export const newAppid = (): string => `wx${randomBytes(8).toString('hex')}`
export const newUserName = (): string => `gh_${randomBytes(6).toString('hex')}`
export const newOpenid = (): string => `o${randomText(27)}`
export const newTicket = (): string => `ticket@@@${randomText(86)}`
export const newAccessToken = (): string => `${randomInt(10, 99)}_${randomText(135)}`
export const newRefreshToken = (): string => `refreshtoken@@@${randomText(43)}`
export const newPreAuthCode = (): string => `preauthcode@@@${randomText(74)}`
export const newAuthorizationCode = (): string => `queryauthcode@@@${randomText(84)}`
export const newMediaId = (): string => randomText(64)
export const newSessionKey = (): string => randomBytes(16).toString('base64')
export const newUserStr = (): string => randomText(32)
export const newScanId = (): string => randomText(22)
export const newNonce = (): string => String(randomInt(100_000_000, 2_000_000_000))
export const newRid = (): string => {
  const hex = randomBytes(12).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 16)}-${hex.slice(16)}`
}
