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

/** Keeps the SDK from looking for the cloud's metadata service on every call, and from remarks on slow ones. */
const quiet = { TENCENTCLOUD: 'true', SILENCE: 'true' }

/** From now on the SDK in this process works as an administrator of the environment: it takes both from the process environment. */
export function takeAdministratorsPlace({ envId, secretId, secretKey, sessionToken, region }: Account): void {
  Object.assign(process.env, quiet, {
    SCF_NAMESPACE: envId,
    TENCENTCLOUD_SECRETID: secretId,
    TENCENTCLOUD_SECRETKEY: secretKey,
    TENCENTCLOUD_REGION: region,
    ...(sessionToken !== undefined && { TENCENTCLOUD_SESSIONTOKEN: sessionToken }),
  })
}

/** The same for the local host at this address, whose database lets everybody in. */
export function takeLocalPlace(url: string): void {
  Object.assign(process.env, quiet, {
    SCF_NAMESPACE: 'local',
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${url.replace(/\/+$/, '')}/admin` }),
  })
}

export const openFromDesk = (): Database => openDatabase({ timeout: TIMEOUT_MS, random: Math.random })

export function openAsAdministrator(account: Account): Database {
  takeAdministratorsPlace(account)
  return openFromDesk()
}
