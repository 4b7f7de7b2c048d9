/**
 * npm run build
 *
 * Bundles each folder of `functions/` and the web console, and says how large they became.
 *
 * Writes dist/functions/<name>/{index.js,package.json} (the upload), dist/maps/<name>.js.map and dist/meta.json (like esbuild's
 * metafile; the architecture test reads it), dist/console/ (what a web server hands out).
 */
import { performance } from 'node:perf_hooks'
import { buildFunctions } from './build/build.ts'
import { buildConsole } from './build/console.ts'

const start = performance.now()
const built = await buildFunctions({ always: true })
for (const { name, bytes } of built) console.log(`${(bytes / 1024).toFixed(0).padStart(5)} KiB  ${name}`)
const files = await buildConsole({ always: true })
const bytes = [...files.values()].reduce((sum, size) => sum + size, 0)
console.log(`${(bytes / 1024).toFixed(0).padStart(5)} KiB  console`)
console.log(`${built.length} functions and the console in ${Math.round(performance.now() - start)} ms`)
