import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { projectFolder } from '../../scripts/build/project-folder.ts'

export interface SourceFile {
  /** From the project's folder. */
  readonly path: string
  /** Without comments. */
  readonly code: string
  /** What it imports, for types or not: paths from the project's folder, or names of packages. */
  readonly imports: readonly string[]
}

/** All TypeScript below a folder of the project. */
export const readSources = async (folder: string): Promise<SourceFile[]> => {
  const files = await readdir(join(projectFolder, folder), { recursive: true })
  return Promise.all(files.filter((file) => /\.tsx?$/.test(file)).map((file) => readSource(join(folder, file))))
}

const readSource = async (path: string): Promise<SourceFile> => {
  const code = withoutComments(await readFile(join(projectFolder, path), 'utf8'))
  const imports = [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) =>
    name.startsWith('.') ? normalize(join(dirname(path), name)) : name,
  )
  return { path, code, imports }
}

/** Good enough for prettier's output: comments begin a line or follow a space. */
const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')
