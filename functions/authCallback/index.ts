import { callbackFunction } from '../../shared/entry/auth-callback.ts'

/** HTTP: WeChat sends the merchant's browser back here. */
export const main = callbackFunction()
