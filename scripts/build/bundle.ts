import { rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { build, type BuildOptions, type Metafile } from 'esbuild'
import { groupBy } from '../../shared/grouping.ts'
import { compileAtOnce } from './compile-at-once.ts'
import { loadLate } from './load-late.ts'
import { makeOwnFolder } from './own-folder.ts'
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

const options = {
  absWorkingDir: projectFolder,
  platform: 'node',
  target: 'node20',
  sourcesContent: false,
  logLevel: 'warning',
} satisfies BuildOptions

const inParts = {
  ...options,
  bundle: true,
  splitting: true,
  format: 'esm',
  // Maps of maps lead back to the sources.
  sourcemap: 'linked',
  metafile: true,
} satisfies BuildOptions

/**
 * Every function as files of a folder of its own: V8 reads through all code of a file before it runs the first line, 4 ms for 100 KiB, and
 * whoever starts a function waits for that; so what only an `import()` reaches lies in files of its own. Sources are read once for all
 * functions; what these parts became is put together for each, once for those that differ in their entry only.
 */
export const bundleFunctions = async (
  sources: readonly Source[],
  functionsFolder: string,
  minify = true,
): Promise<Bundles> => {
  // In the project, for the names of files are made of what their maps say, wherever it lies.
  const partsFolder = await makeOwnFolder(join(dirname(functionsFolder), 'parts'))
  try {
    // All of a part counts, whatever the project says of its modules.
    await writeFile(join(partsFolder, 'package.json'), '{}')
    const { metafile: whole } = await build({
      ...inParts,
      minify,
      entryPoints: sources.map(({ name, entry }) => ({ in: entry, out: name })),
      outdir: partsFolder,
      plugins: [loadLate, slim()],
    })
    const parts = new Map(Object.entries(whole.outputs).map(([path, part]) => [basename(path), part]))
    const groups = groupAlike(sources, parts)
    const functions = (
      await Promise.all(groups.map((group) => bundleGroup(group, partsFolder, functionsFolder, minify)))
    ).flat()
    const outputs = functions.flatMap(({ name, files }) =>
      files.map(({ name: file, output }) => [
        relative(projectFolder, join(functionsFolder, name, file)),
        { ...output, inputs: sourcesOf(output, parts) },
      ]),
    )
    return { functions, metafile: { inputs: whole.inputs, outputs: Object.fromEntries(outputs) } }
  } finally {
    await rm(partsFolder, { recursive: true, force: true })
  }
}

type Outputs = Metafile['outputs']

/** By the names of their files. */
type Parts = ReadonlyMap<string, Outputs[string]>

interface Group {
  readonly functions: readonly string[]
  /** The parts that each of them starts with beside its entry, in their order. */
  readonly starts: readonly string[]
}

/** Together are functions whose entries import the same. */
const groupAlike = (sources: readonly Source[], parts: Parts): Group[] => {
  const entries = sources.map(({ name }) => {
    const imports = parts.get(`${name}.js`)?.imports ?? []
    return { name, imports: imports.map(({ path, kind }) => ({ part: basename(path), kind })) }
  })
  const alike = groupBy(entries, ({ imports }) => imports.map(({ part }) => part).join())
  return [...alike.values()].map((group) => ({
    functions: group.map(({ name }) => name),
    starts: (group[0]?.imports ?? []).filter(({ kind }) => kind === 'import-statement').map(({ part }) => part),
  }))
}

interface JoinedFile extends BundleFile {
  readonly output: Outputs[string]
}

const bundleGroup = async (
  { functions, starts }: Group,
  partsFolder: string,
  functionsFolder: string,
  minify: boolean,
): Promise<{ readonly name: string; readonly files: readonly JoinedFile[] }[]> => {
  const group = functions.join('-')
  const outputs = await joinParts(functions, starts, partsFolder, group)
  const files = await asCommonJs(outputs, partsFolder, join(functionsFolder, group), minify)
  const entries = functions.map((name) => `${name}.js`)
  return functions.map((name) => ({
    name,
    files: files.flatMap((file) => {
      if (file.name === `${name}.js`) return [{ ...file, name: 'index.js' }]
      return entries.includes(file.name) ? [] : [file]
    }),
  }))
}

/** What the functions start with as one file, what each may need later, and their entries. */
const joinParts = async (
  functions: readonly string[],
  starts: readonly string[],
  partsFolder: string,
  group: string,
): Promise<Outputs> => {
  // What starts with a function would fall into some fifteen files, by which later parts share it (0.3 ms each). Every file imports
  // this list; as every later part reaches all of it, it is one. esbuild begins such a file with what is nearest to an entry, and
  // only the list has all in its order: it is an entry too.
  const list = `start-${group}.js`
  await writeFile(join(partsFolder, list), starts.map((part) => `import './${part}'`).join('\n'))
  const { metafile } = await build({
    ...inParts,
    absWorkingDir: partsFolder,
    entryPoints: [...functions.map((name) => `./${name}.js`), `./${list}`],
    outdir: group,
    inject: [`./${list}`],
  })
  const ofUse = Object.entries(metafile.outputs).filter(([file]) => file.endsWith('.js') && basename(file) !== list)
  return Object.fromEntries(ofUse)
}

/** Sources and their bytes in a file that was put together of parts. */
const sourcesOf = ({ inputs }: Outputs[string], parts: Parts): Outputs[string]['inputs'] =>
  Object.fromEntries(Object.keys(inputs).flatMap((part) => Object.entries(parts.get(basename(part))?.inputs ?? {})))

/** esbuild splits ES modules only, of which all would have to be read before the first runs; files that require each other need not. */
const asCommonJs = async (
  outputs: Outputs,
  absWorkingDir: string,
  outdir: string,
  minify: boolean,
): Promise<JoinedFile[]> => {
  const { outputFiles } = await build({
    ...options,
    absWorkingDir,
    format: 'cjs',
    entryPoints: Object.keys(outputs),
    entryNames: '[name]',
    outdir,
    banner: { js: '"use strict";' },
    // Becomes a `require` at the time of the call.
    supported: { 'dynamic-import': false },
    minify,
    // Node shows the line of an error that nobody caught.
    lineLimit: 200,
    sourcemap: 'external',
    write: false,
  })
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
  return Object.entries(outputs).map(([path, output]) => {
    const name = basename(path)
    // The map stays: columns of a line in which a module begins are up to ten off.
    return { name, code: compileAtOnce(texts.get(name) ?? ''), map: texts.get(`${name}.map`) ?? '', output }
  })
}
