/**
 * node --import tsx examples/sign-up-page/subscribe.ts URL subscribes URL (…/minifleet/events) to what happens to bindings, and prints
 * the secret that verifies the messages: put it into MINIFLEET_WEBHOOK_SECRET. Once is enough.
 *
 * Reads MINIFLEET_URL and MINIFLEET_OWNER_KEY (role owner; the server itself does without such a key).
 */
import { createClient } from 'minifleet-client'

const { MINIFLEET_URL: baseUrl = '', MINIFLEET_OWNER_KEY: apiKey = '' } = process.env
const [url = ''] = process.argv.slice(2)
const { secret } = await createClient({ baseUrl, apiKey }).call('subscriptions.put', {
  url,
  match: { type: 'binding.*' },
})
console.log(secret)
