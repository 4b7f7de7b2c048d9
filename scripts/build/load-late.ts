import crypto from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import type { Plugin } from 'esbuild'

/**
 * Parts of Node that a function does not load as it starts, but with the first use of one of their members: what is refused before it signs
 * or asks anything needs none. Of a start on Node 22 and 24 HTTP takes 6 ms, TLS 3, `crypto` 8 to 12.
 */
const parts = new Map<string, object>(Object.entries({ crypto, http, https }))

const namespace = 'load-late'

/** An esbuild plugin: whoever imports such a part gets its members, each of which loads it when it is looked at. */
export const loadLate: Plugin = {
  name: namespace,
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?(?:crypto|https?)$/ }, ({ path, namespace: importer }) =>
      importer === namespace ? undefined : { path: path.replace('node:', ''), namespace },
    )
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `for (const name of ${JSON.stringify(Object.keys(parts.get(path) ?? {}))})
  Object.defineProperty(exports, name, { enumerable: true, get: () => require('node:${path}')[name] })`,
    }))
  },
}
