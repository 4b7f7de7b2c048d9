/**
 * npm run build:relay -- [--jar FILE]
 *
 * Writes two folders to build an image from, each with relay.js (the relay in one file that Node alone runs), start.sh and a Dockerfile:
 * dist/relay puts the relay beside 微管家, dist/relay-java your own Spring Boot service as well: FILE, or what you put there as app.jar.
 */
import { build } from 'esbuild'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectFolder } from './build/project-folder.ts'

const { jar } = parseArgs({ options: { jar: { type: 'string' } } }).values

for (const [folder, dockerfile] of [
  ['dist/relay', 'node.Dockerfile'],
  ['dist/relay-java', 'java.Dockerfile'],
] as const) {
  const place = join(projectFolder, folder)
  await build({
    absWorkingDir: projectFolder,
    entryPoints: ['relay/main.ts'],
    outfile: join(place, 'relay.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    charset: 'utf8',
    logLevel: 'warning',
  })
  await copyFile(join(projectFolder, 'relay', dockerfile), join(place, 'Dockerfile'))
  await copyFile(join(projectFolder, 'relay/start.sh'), join(place, 'start.sh'))
}
if (jar !== undefined) await copyFile(jar, join(projectFolder, 'dist/relay-java/app.jar'))
