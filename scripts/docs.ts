/**
 * npm run docs
 *
 * Writes what follows from the tables: docs/openapi.json and docs/operations.md, in both languages, from the operations; docs/collections.md from what is stored; docs/wechat-endpoints.md and docs/wechat-errcodes.md from what is known of WeChat's API.
 * A test fails while they are out of date.
 */
import { writeFile } from 'node:fs/promises'
import { commandLine, runCommand } from './command-line.ts'
import { renderDocs } from './docs/render-docs.ts'

const write = async (): Promise<void> => {
  for (const { path, text } of await renderDocs()) {
    await writeFile(new URL(`../${path}`, import.meta.url), text)
    console.log(path)
  }
}

process.exitCode = await runCommand(
  commandLine(
    'npm run docs --',
    'Writes the pages of docs/ that follow from the tables, and docs/openapi.json.',
  ).action(write),
)
