import { callbackFunction } from '../../shared/entry/page.ts'

/** HTTP: WeChat sends the merchant's browser back here. */
export const main = callbackFunction()
