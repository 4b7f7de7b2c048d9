import { join } from 'node:path'
import { build, transform, type Charset, type Metafile } from 'esbuild'
import { assemble, type Part } from './assemble.ts'
import { projectFolder } from './project-folder.ts'
import { slim } from './slim.ts'

export interface Bundle {
  readonly name: string
  readonly code: string
  /** Of the parts that lie in the bundle as code; a source map with one section for each. */
  readonly map: string
  readonly metafile: Metafile
}

const target = 'node20'

/**
 * One function in one file. What only an `import()` reaches is packed in it as compressed text: V8 reads through all code of a file
 * before it runs the first line, 3.4 ms for 100 KiB, and whoever starts a function waits for that.
 */
export const bundleFunction = async (name: string, entry: string, functionsFolder: string): Promise<Bundle> => {
  const folder = join(functionsFolder, name)
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectFolder,
    entryPoints: [{ in: entry, out: 'index' }],
    outdir: folder,
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    target,
    format: 'esm',
    minify: true,
    charset: 'utf8',
    sourcemap: 'inline',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [slim()],
  })
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [join(projectFolder, path), output]))
  const importsOf = (file: string, kinds: readonly string[]): string[] =>
    (outputs.get(file)?.imports ?? [])
      .filter(({ kind, external }) => external !== true && kinds.includes(kind))
      .map(({ path }) => join(projectFolder, path))
  const atStart = reach(join(folder, 'index.js'), (file) => importsOf(file, ['import-statement', 'require-call']))
  const parts = await Promise.all(
    outputFiles.map(async ({ path, text }): Promise<Part> => {
      const runsAtStart = atStart.has(path)
      const { code, map } = await asCommonJs(path, text, runsAtStart ? 'ascii' : 'utf8')
      return { name: path.replace(`${folder}/`, './'), code, map, atStart: runsAtStart }
    }),
  )
  const { code, map } = assemble(parts)
  return { name, code, map, metafile: asOneOutput(metafile, join(folder, 'index.js'), code) }
}

/**
 * Parts require each other, which works at any time; ES modules would have to be read before the first of them runs. A file of
 * nothing but ASCII takes V8 half the memory.
 */
const asCommonJs = (path: string, text: string, charset: Charset): Promise<{ code: string; map: string }> =>
  transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    supported: { 'dynamic-import': false },
    minify: true,
    charset,
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile: path,
  })

const reach = (from: string, next: (file: string) => readonly string[]): ReadonlySet<string> => {
  const reached = new Set([from])
  for (const file of reached) for (const other of next(file)) reached.add(other)
  return reached
}

/** The metafile as if the parts were one output. `bytesInOutput` counts before packing. */
const asOneOutput = ({ inputs, outputs }: Metafile, file: string, code: string): Metafile => {
  const sum: Metafile['outputs'][string]['inputs'] = {}
  for (const [path, { bytesInOutput }] of Object.values(outputs).flatMap((output) => Object.entries(output.inputs)))
    sum[path] = { bytesInOutput: (sum[path]?.bytesInOutput ?? 0) + bytesInOutput }
  const path = file.replace(`${projectFolder}/`, '')
  return {
    inputs,
    outputs: { [path]: { bytes: Buffer.byteLength(code), inputs: sum, imports: [], exports: ['main'] } },
  }
}
