/**
 * npm run build:relay
 *
 * Writes dist/relay: relay.js, the relay in one file that Node alone runs, and the Dockerfile and start script that put it
 * beside 微管家.
 */
import { build } from 'esbuild'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder } from './build/project-folder.ts'

const folder = join(projectFolder, 'dist/relay')

await rm(folder, { recursive: true, force: true })
await build({
  absWorkingDir: projectFolder,
  entryPoints: ['relay/main.ts'],
  outfile: join(folder, 'relay.js'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  charset: 'utf8',
  logLevel: 'warning',
})
for (const file of ['Dockerfile', 'start.sh']) await copyFile(join(projectFolder, 'relay', file), join(folder, file))
