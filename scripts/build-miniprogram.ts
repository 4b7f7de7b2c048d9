/**
 * npm run build:miniprogram [-- --env ENV_ID]
 *
 * Writes miniprogram/dist, the admin mini program as WeChat's devtools run it: sources of miniprogram/source compiled, with the
 * TDesign components that they use. The environment's id is that of miniprogram/config.json unless one is given.
 */
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { projectFolder } from './build/project-folder.ts'
import { buildMiniprogram } from './miniprogram/build.ts'

const { values } = parseArgs({ options: { env: { type: 'string' } } })

const { folder, bytes } = await buildMiniprogram({ env: values.env })
console.log(`${relative(projectFolder, folder)}: ${Math.ceil(bytes / 1024)} KiB`)
