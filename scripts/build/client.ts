import { execFile } from 'node:child_process'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { projectFolder } from './project-folder.ts'

const run = promisify(execFile)

const inProject = (...path: string[]): string => join(projectFolder, ...path)

/** Where `tsc -p client` declares what it read. */
const declared = inProject('dist/types/client/src')

/** @returns the folder of the package */
export async function buildClient(): Promise<string> {
  const folder = inProject('dist/client')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await Promise.all([bundle(folder, 'esm', 'js'), bundle(folder, 'cjs', 'cjs'), declare(folder)])
  for (const file of ['client/package.json', 'client/README.md', 'client/README.zh-CN.md', 'LICENSE'])
    await copyFile(inProject(file), join(folder, file.replace('client/', '')))
  return folder
}

const bundle = (folder: string, format: 'esm' | 'cjs', extension: string) =>
  build({
    absWorkingDir: projectFolder,
    entryPoints: ['client/src/client.ts'],
    outfile: join(folder, `client.${extension}`),
    bundle: true,
    platform: 'neutral',
    format,
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'warning',
  })

/** For either kind of module its own, whose imports name that kind. */
async function declare(folder: string): Promise<void> {
  await run(process.execPath, [inProject('node_modules/typescript/bin/tsc'), '-p', 'client'], { cwd: projectFolder })
  for (const source of await readdir(inProject('client/src'))) {
    const name = source.replace(/\.ts$/, '.d')
    const text = await readFile(join(declared, `${name}.ts`), 'utf8')
    for (const extension of ['js', 'cjs'])
      await writeFile(
        join(folder, `${name}.${extension.replace('js', 'ts')}`),
        text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, `$1.${extension}'`),
      )
  }
}
