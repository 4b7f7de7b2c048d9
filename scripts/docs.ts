/**
 * npm run docs
 *
 * Writes what follows from the table of operations: docs/openapi.json and client/src/operations.ts, the types of the client.
 * A test fails while they are out of date.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder } from './build/project-folder.ts'
import { renderDocs } from './docs/render-docs.ts'

for (const { path, text } of await renderDocs()) {
  await writeFile(join(projectFolder, path), text)
  console.log(path)
}
