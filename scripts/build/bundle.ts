import { join } from 'node:path'
import { build, transform, type Charset, type Metafile } from 'esbuild'
import { assemble, pack, type Part } from './assemble.ts'
import { projectFolder } from './project-folder.ts'
import { slim } from './slim.ts'

export interface Bundle {
  readonly name: string
  readonly code: string
  /** Of the parts that lie in the bundle as code; a source map with one section for each. */
  readonly map: string
}

interface Source {
  readonly name: string
  readonly entry: string
}

const target = 'node20'

/**
 * Each function in one file. What only an `import()` reaches is packed in it as compressed text: V8 reads through all code of a file
 * before it runs the first line, 3.4 ms for 100 KiB, and whoever starts a function waits for that.
 */
export const bundleFunctions = async (
  sources: readonly Source[],
  functionsFolder: string,
): Promise<{ bundles: Bundle[]; metafile: Metafile }> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: projectFolder,
    entryPoints: sources.map(({ name, entry }) => ({ in: entry, out: name })),
    outdir: functionsFolder,
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
  const parts = new Map(
    await Promise.all(
      outputFiles.map(async ({ path, text }) => {
        const name = path.replace(`${functionsFolder}/`, './')
        return [name, await asPart(name, text)] as const
      }),
    ),
  )
  const partName = (path: string): string => join(projectFolder, path).replace(`${functionsFolder}/`, './')
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [partName(path), output]))
  const next = (kinds: readonly string[]) => (part: string) =>
    (outputs.get(part)?.imports ?? [])
      .filter(({ kind, external }) => external !== true && kinds.includes(kind))
      .map(({ path }) => partName(path))
  const bundles = sources.map(({ name }) => {
    const entry = `./${name}.js`
    const all = reach(entry, next(['import-statement', 'dynamic-import']))
    const atStart = reach(entry, next(['import-statement']))
    const choose = (isChosen: (part: string) => boolean): Part[] =>
      [...all].filter(isChosen).flatMap((part) => parts.get(part) ?? [])
    const bundle = assemble(
      entry,
      choose((part) => atStart.has(part)),
      choose((part) => !atStart.has(part)),
    )
    return { name, all, ...bundle }
  })
  return {
    bundles,
    metafile: {
      inputs: metafile.inputs,
      outputs: Object.fromEntries(
        bundles.map(({ name, all, code }) => {
          const file = join(functionsFolder, name, 'index.js').replace(`${projectFolder}/`, '')
          return [
            file,
            oneOutput(
              [...all].flatMap((part) => outputs.get(part) ?? []),
              code,
            ),
          ]
        }),
      ),
    },
  }
}

const asPart = async (name: string, text: string): Promise<Part> => {
  const { code, map } = await asCommonJs(name, text, 'ascii')
  return { name, code, map, packed: pack((await asCommonJs(name, text, 'utf8')).code) }
}

/**
 * Parts require each other, which works at any time; ES modules would have to be read before the first of them runs.
 *
 * @param charset `ascii` takes V8 half the memory, `utf8` is shorter
 */
const asCommonJs = (name: string, text: string, charset: Charset): Promise<{ code: string; map: string }> =>
  transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    supported: { 'dynamic-import': false },
    minify: true,
    charset,
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile: name,
  })

const reach = (from: string, next: (part: string) => readonly string[]): ReadonlySet<string> => {
  const reached = new Set([from])
  for (const part of reached) for (const other of next(part)) reached.add(other)
  return reached
}

type Output = Metafile['outputs'][string]

/** The parts as if they were one. `bytesInOutput` counts before packing. */
const oneOutput = (parts: readonly Output[], code: string): Output => {
  const inputs: Output['inputs'] = {}
  for (const [path, { bytesInOutput }] of parts.flatMap((part) => Object.entries(part.inputs)))
    inputs[path] = { bytesInOutput: (inputs[path]?.bytesInOutput ?? 0) + bytesInOutput }
  return { bytes: Buffer.byteLength(code), inputs, imports: [], exports: ['main'] }
}
