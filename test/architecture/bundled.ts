import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { buildFunctions } from '../../scripts/build/build.ts'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { packageOf } from '../../scripts/build/slim.ts'

const metafileSchema = v.object({
  inputs: v.record(v.string(), v.object({ imports: v.array(v.object({ path: v.string() })) })),
  outputs: v.record(v.string(), v.object({ inputs: v.record(v.string(), v.object({ bytesInOutput: v.number() })) })),
})

/** The import graph of all bundles, as esbuild saw it: imports of types are gone. Files are paths from the project's folder. */
export interface ImportGraph {
  readonly files: readonly string[]
  importsOf(file: string): readonly string[]
  /** All that loads with a file. */
  reachableFrom(file: string): ReadonlySet<string>
}

export interface Bundled {
  readonly graph: ImportGraph
  /** Function → bytes of its files that come from packages. */
  readonly packageBytes: ReadonlyMap<string, number>
  /** npm packages that any bundle holds a part of. */
  readonly packages: readonly string[]
}

/** Builds the project's functions and reads the metafile. */
export const readBundled = async (): Promise<Bundled> => {
  await buildFunctions()
  const text = await readFile(join(projectFolder, 'dist/meta.json'), 'utf8')
  const { inputs, outputs } = v.parse(metafileSchema, JSON.parse(text))
  const packageBytes = new Map<string, number>()
  for (const [file, { inputs }] of Object.entries(outputs)) {
    const name = basename(dirname(file))
    packageBytes.set(name, (packageBytes.get(name) ?? 0) + bytesOfPackages(inputs))
  }
  const bundledFiles = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)))
  const importsOf = (file: string): string[] => (inputs[file]?.imports ?? []).map(({ path }) => path)
  return {
    graph: { files: Object.keys(inputs), importsOf, reachableFrom: (file) => reach(file, importsOf) },
    packageBytes,
    packages: [...new Set([...bundledFiles].flatMap((file) => packageOf(file) ?? []))].sort(),
  }
}

const bytesOfPackages = (inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>): number =>
  Object.entries(inputs).reduce((sum, [file, { bytesInOutput }]) => sum + (packageOf(file) ? bytesInOutput : 0), 0)

const reach = (from: string, importsOf: (file: string) => readonly string[]): ReadonlySet<string> => {
  const reached = new Set<string>()
  const visit = (file: string): void => {
    for (const next of importsOf(file)) {
      if (reached.has(next)) continue
      reached.add(next)
      visit(next)
    }
  }
  visit(from)
  return reached
}
