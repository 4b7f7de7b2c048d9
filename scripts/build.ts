/**
 * npm run build
 *
 * Bundles each folder of `functions/` and the web console, and says how large they became.
 *
 * Writes dist/functions/<name>/ (the upload), dist/maps/<name>/<file>.map, dist/meta.json (esbuild's metafile; the architecture test
 * reads it), and dist/console/ (what a web server hands out).
 */
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { buildFunctions } from './build/build.ts'
import { buildConsole } from './build/console.ts'
import { measureFunctions } from './build/measure.ts'
import { projectFolder } from './build/project-folder.ts'
import { commandLine, runCommand } from './command-line.ts'

const kib = (bytes: number): string => `${(bytes / 1024).toFixed(0).padStart(5)} KiB`

const build = async (): Promise<void> => {
  const start = performance.now()
  const names = await buildFunctions({ always: true })
  const files = await buildConsole({ always: true })
  const milliseconds = Math.round(performance.now() - start)
  for (const { name, startBytes, bytes } of await measureFunctions(join(projectFolder, 'dist/functions')))
    console.log(`${kib(bytes)}, ${kib(startBytes)} read at the start  ${name}`)
  console.log(`${kib([...files.values()].reduce((sum, size) => sum + size, 0))}  console`)
  console.log(`${names.length} functions and the console in ${milliseconds} ms`)
}

process.exitCode = await runCommand(
  commandLine(
    'npm run build --',
    'Bundles each folder of functions/ and the web console into dist/, and says how large they became.',
  ).action(build),
)
