import { readdir, readFile, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { makeOwnFolder } from '../build/own-folder.ts'
import { projectFolder } from '../build/project-folder.ts'

export interface Bundles {
  /** Of this run alone. A bundle's path in it is its source's in the project. */
  readonly folder: string
  /** The test files. */
  readonly files: readonly string[]
  remove(): Promise<void>
}

/** Beside the functions that are tested: packages are found from here as they are from the sources. */
const parent = join(projectFolder, 'dist/tests')

/** Packages of some five hundred small modules; read one by one they cost a test's process half a second. */
const bundled =
  /^(?:mingo|hono|@hono\/node-server|valibot|@valibot\/to-json-schema|ajv|ajv-formats|fast-uri|fast-deep-equal|json-schema-traverse|bson|croner)(?:\/|$)/

/**
 * Test files, and the programs that tests start, as bundles that share what they have in common: transpiled once instead of by every
 * process, of which a run starts some four hundred.
 *
 * @param files relative to the project
 */
export const bundleTests = async (files: readonly string[]): Promise<Bundles> => {
  const folder = await makeOwnFolder(parent)
  await build({
    absWorkingDir: projectFolder,
    entryPoints: [...files, ...(await listPrograms())],
    outbase: projectFolder,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [packagesOutside, ownPlace],
  })
  return {
    folder,
    files: files.map((file) => join(folder, file.replace(/\.ts$/, '.mjs'))),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Whatever a test may start by name: commands, and what stands beside tests as a program of its own. */
const listPrograms = async (): Promise<string[]> => {
  const scripts = await readdir(join(projectFolder, 'scripts'))
  const commands = scripts.filter((file) => extname(file) === '.ts').map((file) => join('scripts', file))
  return [...commands, 'bench/run.ts', 'test/local/host/lone-host.ts', 'test/local/database/serve.ts']
}

const packagesOutside: Plugin = {
  name: 'packages-outside',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^./]/ }, ({ kind, path }) =>
      kind === 'entry-point' || bundled.test(path) ? undefined : { external: true },
    )
    // Node would get its CommonJS modules, each in a wrapping of its own.
    bundle.onResolve({ filter: /^mingo\// }, ({ path, kind }) =>
      bundle.resolve(`./node_modules/${path.replace('/', '/esm/')}`, { kind, resolveDir: projectFolder }),
    )
  },
}

/** Modules look for files beside their source. */
const ownPlace: Plugin = {
  name: 'own-place',
  setup(bundle) {
    bundle.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => ({
      loader: extname(path) === '.tsx' ? 'tsx' : 'ts',
      contents: (await readFile(path, 'utf8'))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.filename', JSON.stringify(path)),
    }))
  },
}
