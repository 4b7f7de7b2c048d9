import { basename, dirname, join } from 'node:path'
import { build, transform, type Metafile, type Plugin } from 'esbuild'
import { compileAtOnce } from './compile-at-once.ts'
import { loadLate } from './load-late.ts'
import { projectFolder } from './project-folder.ts'
import { slim } from './slim.ts'

interface Source {
  readonly name: string
  /** Exports `main`. */
  readonly entry: string
  /** Not made small. Default: false. */
  readonly readable?: boolean
}

interface BundleFile {
  readonly name: string
  /** CommonJS. */
  readonly code: string
  readonly map: string
}

export interface Bundle {
  readonly name: string
  /** `index.js`, and what it requires: at once the one file that starts with it, the others on first use. */
  readonly files: readonly BundleFile[]
  /** esbuild's; its outputs lie in the function's folder. */
  readonly metafile: Metafile
}

/** What a file of a bundle became, by its text: functions have most of theirs in common. */
export type Converted = Map<string, Promise<BundleFile>>

const target = 'node20'

/**
 * One function as files of a folder: V8 reads through all code of a file before it runs the first line, 4 ms for 100 KiB, and whoever
 * starts a function waits for that; so what only an `import()` reaches lies in files of its own.
 */
export const bundleFunction = async (
  { name, entry, readable = false }: Source,
  functionsFolder: string,
  converted: Converted,
): Promise<Bundle> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectFolder,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir: join(functionsFolder, name),
    bundle: true,
    splitting: true,
    platform: 'node',
    target,
    format: 'esm',
    minify: !readable,
    sourcemap: 'inline',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'warning',
    inject: [start],
    plugins: [loadLate, slim(), startsWith(entry)],
  })
  const files = await Promise.all(
    outputFiles.map(({ path, text }) => {
      const file = basename(path)
      const known = converted.get(text) ?? asCommonJs(file, text, readable)
      converted.set(text, known)
      return known
    }),
  )
  return { name, files, metafile: withoutStart(metafile, entry) }
}

const start = 'start'

/**
 * Every module imports the entry. What starts with a function would fall into some fifteen files, by which later parts share it
 * (0.3 ms each); as every later part reaches all of it, it is one.
 */
const startsWith = (entry: string): Plugin => ({
  name: start,
  setup(build) {
    build.onResolve({ filter: /^start$/ }, () => ({ path: entry, namespace: start }))
    build.onLoad({ filter: /./, namespace: start }, ({ path }) => ({
      contents: `import ${JSON.stringify(path)}`,
      resolveDir: dirname(path),
    }))
  },
})

const withoutStart = ({ inputs, outputs }: Metafile, entry: string): Metafile => ({
  inputs: Object.fromEntries(
    Object.entries(inputs)
      .filter(([path]) => !path.startsWith(`${start}:`))
      .map(([path, input]) => [path, { ...input, imports: input.imports.filter(({ path }) => path !== entry) }]),
  ),
  outputs,
})

/** esbuild splits ES modules only, of which all would have to be read before the first runs; files that require each other need not. */
const asCommonJs = async (name: string, text: string, readable: boolean): Promise<BundleFile> => {
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    banner: '"use strict";',
    // Becomes a `require` at the time of the call.
    supported: { 'dynamic-import': false },
    minify: !readable,
    // Node shows the line of an error that nobody caught.
    lineLimit: 200,
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile: name,
  })
  // The map stays: columns of a line in which a module begins are up to ten off.
  return { name, code: compileAtOnce(code), map }
}
