import { basename, dirname, join } from 'node:path'
import { build, transform, type BuildOptions, type Metafile, type OutputFile, type Plugin } from 'esbuild'
import { compileAtOnce } from './compile-at-once.ts'
import { loadLate } from './load-late.ts'
import { projectFolder } from './project-folder.ts'
import { slim } from './slim.ts'

interface Source {
  readonly name: string
  /** Exports `main`. */
  readonly entry: string
}

interface BundleFile {
  readonly name: string
  /** CommonJS. */
  readonly code: string
  readonly map: string
}

interface Bundle {
  readonly name: string
  /** `index.js`, and what it requires: at once the one file that starts with it, the others on first use. */
  readonly files: readonly BundleFile[]
}

interface Bundles {
  readonly functions: readonly Bundle[]
  /** esbuild's; its outputs lie in the functions' folders. */
  readonly metafile: Metafile
}

const target = 'node20'

const options = {
  absWorkingDir: projectFolder,
  bundle: true,
  splitting: true,
  platform: 'node',
  target,
  format: 'esm',
  // Maps of maps lead back to the sources.
  sourcemap: 'inline',
  sourcesContent: false,
  metafile: true,
  write: false,
  logLevel: 'warning',
} satisfies BuildOptions

/**
 * Every function as files of a folder of its own: V8 reads through all code of a file before it runs the first line, 4 ms for 100 KiB, and
 * whoever starts a function waits for that; so what only an `import()` reaches lies in files of its own. Sources are read once for all
 * functions, and what these parts became is put together for each.
 */
export const bundleFunctions = async (
  sources: readonly Source[],
  functionsFolder: string,
  minify = true,
): Promise<Bundles> => {
  const outdir = join(functionsFolder, 'parts')
  const whole = await build({
    ...options,
    minify,
    entryPoints: sources.map(({ name, entry }) => ({ in: entry, out: name })),
    outdir,
    plugins: [loadLate, slim()],
  })
  const parts = new Map(whole.outputFiles.map((file) => [file.path, file]))
  const converted = new Map<string, Promise<BundleFile>>()
  const convert = ({ path, text }: OutputFile): Promise<BundleFile> => {
    // Functions have most of their files in common.
    const file = converted.get(text) ?? asCommonJs(basename(path), text, minify)
    converted.set(text, file)
    return file
  }
  const functions = await Promise.all(
    sources.map(async ({ name }) => {
      const { outputFiles, metafile } = await joinParts(
        { name, entry: join(outdir, `${name}.js`) },
        parts,
        functionsFolder,
        minify,
      )
      return { name, files: await Promise.all(outputFiles.map(convert)), outputs: metafile.outputs }
    }),
  )
  const outputs = Object.assign({}, ...functions.map(({ outputs }) => outputs))
  return { functions, metafile: { inputs: whole.metafile.inputs, outputs: inSources(outputs, whole.metafile) } }
}

const joinParts = (
  { name, entry }: Source,
  parts: ReadonlyMap<string, OutputFile>,
  functionsFolder: string,
  minify: boolean,
) =>
  build({
    ...options,
    minify,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir: join(functionsFolder, name),
    inject: [start],
    plugins: [inMemory(parts), startsWith(entry)],
  })

const inMemory = (parts: ReadonlyMap<string, OutputFile>): Plugin => ({
  name: 'in-memory',
  setup(build) {
    build.onResolve({ filter: /\.js$/ }, ({ path, resolveDir }) => {
      const file = join(resolveDir, path)
      return parts.has(path) ? { path } : parts.has(file) ? { path: file } : undefined
    })
    build.onLoad({ filter: /\.js$/, namespace: 'file' }, ({ path }) => ({ contents: parts.get(path)?.contents ?? '' }))
  },
})

const start = 'start'

/**
 * Every part imports the entry. What starts with a function would fall into some fifteen files, by which later parts share it
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

type Outputs = Metafile['outputs']

/** What was put together of parts, said of the sources that these are made of. */
const inSources = (outputs: Outputs, whole: Metafile): Outputs =>
  Object.fromEntries(
    Object.entries(outputs).map(([file, output]) => {
      const sources = Object.keys(output.inputs).flatMap((part) => Object.entries(whole.outputs[part]?.inputs ?? {}))
      return [file, { ...output, inputs: Object.fromEntries(sources) }]
    }),
  )

/** esbuild splits ES modules only, of which all would have to be read before the first runs; files that require each other need not. */
const asCommonJs = async (name: string, text: string, minify: boolean): Promise<BundleFile> => {
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    banner: '"use strict";',
    // Becomes a `require` at the time of the call.
    supported: { 'dynamic-import': false },
    minify,
    // Node shows the line of an error that nobody caught.
    lineLimit: 200,
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile: name,
  })
  // The map stays: columns of a line in which a module begins are up to ten off.
  return { name, code: compileAtOnce(code), map }
}
