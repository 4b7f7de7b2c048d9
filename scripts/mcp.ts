/** `npm run -s mcp`: the tools of a platform for an agent on this machine, over stdin and stdout. Writes nothing here. */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import { commandLine, runCommand } from './command-line.ts'
import { readEnvironment } from './deploy/values.ts'
import { refuseVariables, wrongIf } from './deploy/variables.ts'
import { createWaits } from './mcp/waits.ts'

const complain = (error: Error): void => void process.stderr.write(`✖ ${error.message}\n`)

/** Passes what either says to the other, until one of them goes. */
async function pass(baseUrl: string, apiKey: string): Promise<void> {
  const agent = new StdioServerTransport()
  const platform = new StreamableHTTPClientTransport(new URL(`${baseUrl.replace(/\/+$/, '')}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${apiKey}` } },
  })
  const tell = (message: JSONRPCMessage): void => void agent.send(message).catch(complain)
  const ask = (message: JSONRPCMessage): void =>
    void platform.send(message).catch((error: Error) => {
      complain(error)
      if (!('id' in message && 'method' in message)) return
      waits.end(message.id)
      tell({ jsonrpc: '2.0', id: message.id, error: { code: -32_000, message: error.message } })
    })
  const waits = createWaits(ask, tell)
  const ended = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve)
    // Transports have no listeners but these.
    Object.assign(agent, {
      onclose: resolve,
      onmessage: (message: JSONRPCMessage) => {
        waits.noteAsked(message)
        ask(message)
      },
    })
  })
  Object.assign(platform, {
    onmessage: (message: JSONRPCMessage) => {
      if (!waits.holdsBack(message)) tell(message)
    },
  })
  await platform.start()
  await agent.start()
  await ended
  waits.end()
  await platform.close()
}

const mcp = commandLine(
  'npm run mcp --',
  "The platform's operations as tools for an agent, over stdin and stdout (Model Context Protocol); docs/agents.md says how agents are told of it, with `-s`, so that npm itself says nothing. Needs PUBLIC_BASE_URL and MINIFLEET_API_KEY, from .env or the process environment. What the agent may do is what the key may.",
  ['npm run -s mcp', 'PUBLIC_BASE_URL=http://127.0.0.1:3000 MINIFLEET_API_KEY=mf_… npm run -s mcp'],
).action(async () => {
  const env = await readEnvironment(process.env)
  const wrong = [
    ...wrongIf(env, 'PUBLIC_BASE_URL', /^https?:\/\/\S+$/),
    ...wrongIf(env, 'MINIFLEET_API_KEY', /^[\x21-\x7e]+$/),
  ]
  if (wrong.length > 0) throw refuseVariables(wrong)
  const { PUBLIC_BASE_URL: baseUrl = '', MINIFLEET_API_KEY: apiKey = '' } = env
  await pass(baseUrl, apiKey)
})

process.exitCode = await runCommand(mcp).catch((error: unknown) => {
  process.stderr.write(`✖ ${error instanceof Error ? error.message : String(error)}\n`)
  return 1
})
