/**
 * npm run build
 *
 * Bundles each folder of `functions/` and says how large it became.
 *
 * Writes dist/functions/<name>/{index.js,package.json} (the upload), dist/maps/<name>.js.map and dist/meta.json (like esbuild's
 * metafile; the architecture test reads it).
 */
import { performance } from 'node:perf_hooks'
import { buildFunctions } from './build/build.ts'

const start = performance.now()
const built = await buildFunctions({ always: true })
for (const { name, bytes } of built) console.log(`${(bytes / 1024).toFixed(0).padStart(5)} KiB  ${name}`)
console.log(`${built.length} functions in ${Math.round(performance.now() - start)} ms`)
