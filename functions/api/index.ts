import { apiFunction } from '../../shared/entry/api.ts'

/** HTTP: every operation, for business servers, the web console and CI. */
export const main = apiFunction()
