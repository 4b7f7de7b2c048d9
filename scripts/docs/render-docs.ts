import { format } from 'prettier'
import { allOperations } from '../../shared/domain/operations/table.ts'
import { describeApi } from '../../shared/entry/openapi.ts'
import { renderCollections } from './collections-page.ts'
import { renderDirectory } from './directory-page.ts'
import { renderEndpoints } from './endpoints-page.ts'
import { renderErrcodes } from './errcodes-page.ts'
import { renderOperations } from './operations-page.ts'
import { renderReasons } from './reasons-page.ts'
import { renderRights } from './rights-page.ts'

/** Stands where a deployment's own address belongs. */
const EXAMPLE_URL = 'https://minifleet.example'

const ended = (page: string): string => `${page}\n`

/** Files that are made from the tables of operations, collections, endpoints and errcodes; paths from the project's folder. */
export async function renderDocs(): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const table = await allOperations()
  const openapi = JSON.stringify(await describeApi(EXAMPLE_URL))
  return [
    { path: 'docs/openapi.json', text: await format(openapi, { parser: 'json', printWidth: 120 }) },
    { path: 'docs/operations.md', text: ended(renderOperations(table, 'en')) },
    { path: 'docs/operations.zh-CN.md', text: ended(renderOperations(table, 'zh')) },
    { path: 'docs/rights.md', text: ended(renderRights(table, 'en')) },
    { path: 'docs/rights.zh-CN.md', text: ended(renderRights(table, 'zh')) },
    { path: 'docs/collections.md', text: ended(renderCollections()) },
    { path: 'docs/wechat-endpoints.md', text: ended(renderEndpoints()) },
    { path: 'docs/wechat-directory.md', text: ended(renderDirectory(table)) },
    { path: 'docs/wechat-errcodes.md', text: ended(renderErrcodes()) },
    { path: 'docs/reasons.md', text: ended(renderReasons('en')) },
    { path: 'docs/reasons.zh-CN.md', text: ended(renderReasons('zh')) },
  ]
}
