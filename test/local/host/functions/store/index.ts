/** Writes one document and reads it back, through the real SDK. */
import cloudbase from '@cloudbase/node-sdk'

const app = cloudbase.init({ env: cloudbase.SYMBOL_CURRENT_ENV, keepalive: true })
const admins = app.database().collection('admins')

export const main = async (event: { id: string }): Promise<unknown> => {
  await admins.add({ _id: event.id, role: 'owner' })
  return admins.where({ _id: event.id }).get()
}
