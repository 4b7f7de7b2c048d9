/**
 * npm run docs
 *
 * Writes what follows from the table of operations: docs/openapi.json and client/src/operations.ts, the types of the client.
 * A test fails while they are out of date.
 */
import { writeFile } from 'node:fs/promises'
import { renderDocs } from './docs/render-docs.ts'

for (const { path, text } of await renderDocs()) {
  await writeFile(new URL(`../${path}`, import.meta.url), text)
  console.log(path)
}
