import { format } from 'prettier'
import { operations } from '../../shared/domain/operations/all.ts'
import { describeApi } from '../../shared/entry/openapi.ts'
import { renderClientTypes } from './client-types.ts'

/** Stands where a deployment's own address belongs. */
const EXAMPLE_URL = 'https://minifleet.example.com'

/** Files that are made from the table of operations; paths from the project's folder. */
export async function renderDocs(): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const openapi = JSON.stringify(describeApi(operations, EXAMPLE_URL))
  const style = { semi: false, singleQuote: true, printWidth: 120 }
  return [
    { path: 'docs/openapi.json', text: await format(openapi, { parser: 'json', printWidth: 120 }) },
    {
      path: 'client/src/operations.ts',
      text: await format(renderClientTypes(JSON.parse(openapi)), { parser: 'typescript', ...style }),
    },
  ]
}
