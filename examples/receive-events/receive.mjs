/**
 * MINIFLEET_WEBHOOK_SECRET=whsec_… PORT=8080 node receive.mjs takes events, verified with the package `standardwebhooks`.
 */
import { createServer } from 'node:http'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'

const webhook = new Webhook(process.env.MINIFLEET_WEBHOOK_SECRET ?? '')
/** In a database, a table whose key is the id, written together with what the event changes. */
const handled = new Set()

/** Byte for byte as it came: the signature covers just that. */
async function rawBody(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function take(request) {
  if (request.method !== 'POST') return 405
  const body = await rawBody(request)
  try {
    webhook.verify(body, request.headers)
  } catch (error) {
    if (error instanceof WebhookVerificationError) return 401
    throw error
  }
  const { id, type, businessId = '', data } = JSON.parse(body.toString())
  // Each event comes at least once.
  if (!handled.has(id)) console.log(type, businessId, JSON.stringify(data))
  handled.add(id)
  return 204
}

const server = createServer(async (request, response) => {
  try {
    response.writeHead(await take(request)).end()
  } catch (error) {
    console.error(error)
    // It is sent again.
    response.writeHead(500).end()
  }
})
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => console.log('ready'))
