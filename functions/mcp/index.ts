import { mcpFunction } from '../../shared/entry/mcp.ts'

/** HTTP: operations as tools for agents. */
export const main = mcpFunction()
