import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js'
import { CallToolRequestSchema, ListToolsRequestSchema, type CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { callTool } from '../domain/agents/call-tool.ts'
import type { Caller } from '../domain/callers/caller.ts'
import type { Platform } from '../domain/platform.ts'
import { noteOperation } from '../current-call.ts'
import type { HttpRequest, HttpResponse } from '../http-message.ts'
import { agentInstructions } from '../words/agents.ts'
import type { Language } from '../words/language.ts'
import { carried, errorBody, noteFailure } from './answer.ts'
import { compressed } from './compressed.ts'
import { describeRows, describeTools } from './mcp-tools.ts'

interface Agent {
  readonly platform: Platform
  readonly caller: Caller
  readonly language: Language
  readonly requestId: string
}

/** Nobody is asked to fill in a form, whose answer would have to be checked. */
const noForms: jsonSchemaValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'no forms' }),
}

/** One request of an agent: a server of its own, which goes with the answer. */
export async function serveAgent(agent: Agent, request: HttpRequest): Promise<HttpResponse> {
  const { language } = agent
  const server = new Server(
    { name: 'minifleet', version: '1' },
    { capabilities: { tools: {} }, instructions: agentInstructions[language], jsonSchemaValidator: noForms },
  )
  server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [...(await describeTools(language))] }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }) =>
    answerCall(agent, params.name, params.arguments ?? {}),
  )
  // Without sessions: any instance answers any request.
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  await server.connect(transport)
  try {
    const response = await transport.handleRequest(
      new Request('http://agents.invalid/mcp', {
        method: 'POST',
        headers: { ...request.headers },
        body: request.body.toString('utf8'),
      }),
    )
    const headers = Object.fromEntries(response.headers)
    return compressed({ status: response.status, headers, body: await response.text() }, request)
  } finally {
    await server.close()
  }
}

async function answerCall(
  { platform, caller, language, requestId }: Agent,
  tool: string,
  given: Readonly<Record<string, unknown>>,
): Promise<CallToolResult> {
  try {
    if (/^[a-zA-Z]+_[a-zA-Z]+$/.test(tool)) noteOperation(tool)
    const found = await callTool(platform, caller, tool, given)
    const data = Object(await carried(describeRows(found, language), language))
    return { content: [{ type: 'text', text: JSON.stringify(data) }], structuredContent: data }
  } catch (error) {
    const body = await errorBody(noteFailure(error), requestId, language)
    return { isError: true, content: [{ type: 'text', text: JSON.stringify(body) }] }
  }
}
