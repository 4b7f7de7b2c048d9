/**
 * `npm run build:miniprogram`: the admins’ mini program as WeChat's devtools run it.
 *
 * Writes miniprogram/dist: sources of miniprogram/source compiled, with the TDesign components that they use.
 */
import { relative } from 'node:path'
import { projectFolder } from './build/project-folder.ts'
import { commandLine, runCommand } from './command-line.ts'
import { buildMiniprogram } from './miniprogram/build.ts'

process.exitCode = await runCommand(
  commandLine(
    'npm run build:miniprogram --',
    "Builds the admins’ mini program into miniprogram/dist, as WeChat's devtools run it.",
    ['npm run build:miniprogram -- --env fleet-5g1x2y3z'],
  )
    .option('--env <id>', "the environment's id; that of miniprogram/config.json unless one is given")
    .action(async ({ env }) => {
      const { folder, bytes } = await buildMiniprogram({ env })
      console.log(`${relative(projectFolder, folder)}: ${Math.ceil(bytes / 1024)} KiB`)
    }),
)
