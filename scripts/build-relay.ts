/**
 * `npm run build:relay`: what images with the relay are built from.
 *
 * Writes two folders, each with relay.js (the relay in one file that Node alone runs), start.sh and a Dockerfile: dist/relay puts the
 * relay beside 微管家, dist/relay-java your own Spring Boot service as well.
 */
import { build } from 'esbuild'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder } from './build/project-folder.ts'
import { commandLine, runCommand } from './command-line.ts'

const buildRelay = async (jar: string | undefined): Promise<void> => {
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
}

process.exitCode = await runCommand(
  commandLine(
    'npm run build:relay --',
    'Writes two folders to build an image from: dist/relay puts the relay beside 微管家, dist/relay-java your own Spring Boot service as well.',
    ['npm run build:relay -- --jar target/shop.jar'],
  )
    .option('--jar <file>', 'your service; or put it into dist/relay-java as app.jar yourself')
    .action(({ jar }) => buildRelay(jar)),
)
