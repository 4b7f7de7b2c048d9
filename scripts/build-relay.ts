/**
 * npm run build:relay
 *
 * Bundles the relay into one file that Node alone runs. Writes dist/relay/relay.mjs.
 */
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

const projectFolder = fileURLToPath(new URL('..', import.meta.url))

await build({
  absWorkingDir: projectFolder,
  entryPoints: ['relay/main.ts'],
  outfile: 'dist/relay/relay.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'info',
})
