/** More requests at once than the SDK has connections, so that many wait for the same one. */
import cloudbase from '@cloudbase/node-sdk'

export const main = async ({ databaseUrl }: { readonly databaseUrl: string }): Promise<number> => {
  const app = cloudbase.init({
    env: 'crowd',
    serviceUrl: databaseUrl,
    secretId: 'id',
    secretKey: 'key',
    keepalive: true,
  })
  const things = app.database().collection('things')
  const answers = await Promise.all(Array.from({ length: 1500 }, () => things.where({ n: 1 }).get()))
  return answers.length
}
