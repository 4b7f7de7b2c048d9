import { startFunction } from '../../shared/entry/start-auth.ts'

/** HTTP: the page from which a merchant authorizes the platform. */
export const main = startFunction()
