import { openDatabase, type Database } from '../../shared/cloudbase/database.ts'

interface Account {
  readonly envId: string
  readonly secretId: string
  readonly secretKey: string
  readonly sessionToken?: string
  readonly region: string
}

/** Milliseconds for one operation from a desk. */
const TIMEOUT_MS = 15_000

/** The environment's database with an administrator's key. The SDK takes both from the process environment. */
export function openAsAdministrator({ envId, secretId, secretKey, sessionToken, region }: Account): Database {
  Object.assign(process.env, {
    SCF_NAMESPACE: envId,
    TENCENTCLOUD_SECRETID: secretId,
    TENCENTCLOUD_SECRETKEY: secretKey,
    TENCENTCLOUD_REGION: region,
    // Keeps the SDK from looking for the cloud's metadata service on every call.
    TENCENTCLOUD: 'true',
    SILENCE: 'true',
    ...(sessionToken !== undefined && { TENCENTCLOUD_SESSIONTOKEN: sessionToken }),
  })
  return openDatabase({ timeout: TIMEOUT_MS, random: Math.random })
}
