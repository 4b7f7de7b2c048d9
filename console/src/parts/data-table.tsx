import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import type { ListView } from '../api/use-list.ts'
import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'
import { ErrorNotice } from './notice.tsx'
import { Waiting } from './waiting.tsx'
import { Panel } from './panel.tsx'
import './data-table.css'

export interface Column<T> {
  readonly key: string
  /** Without one: what can be done with it, at the end. */
  readonly title?: string
  readonly cell: (item: T) => ReactNode
  /** The one that names the row: the heading of its card on a phone. */
  readonly isName?: boolean
  readonly align?: 'end'
  /** Left out on a phone. */
  readonly onDesk?: boolean
}

interface DataTableProps<T> {
  /** What the table holds, read out. */
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
}

/** Rows and columns; on a phone each row is a card. */
export function DataTable<T>({ label, columns, items, keyOf }: DataTableProps<T>) {
  const texts = useTexts(partTexts)
  const alignOf = ({ title, align }: Column<T>) => align ?? (title === undefined ? 'end' : undefined)
  return (
    <table className="data-table" aria-label={label} role="table">
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} scope="col" role="columnheader" className={alignOf(column)}>
              {column.title ?? <span className="unseen">{texts.actions}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {items.map((item) => (
          <tr key={keyOf(item)} role="row">
            {columns.map((column) => (
              <td
                key={column.key}
                role="cell"
                data-label={column.title ?? ''}
                className={[column.isName && 'name', alignOf(column), column.onDesk && 'on-desk']
                  .filter(Boolean)
                  .join(' ')}
              >
                {column.cell(item)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface PagedTableProps<T> extends Omit<DataTableProps<T>, 'items'> {
  readonly list: ListView<readonly T[]>
  /** Shown instead of an empty first page. */
  readonly empty: ReactNode
}

/** A list of the API, page by page. */
export function PagedTable<T>({ list, empty, ...table }: PagedTableProps<T>) {
  const { items, problem, page, next, previous, reload } = list
  if (!items)
    return problem ? (
      <Padded>
        <ErrorNotice problem={problem} onRetry={reload} />
      </Padded>
    ) : (
      <Waiting lines={6} />
    )
  if (items.length === 0 && page === 1) return empty
  return (
    <>
      {problem && (
        <Padded>
          <ErrorNotice problem={problem} onRetry={reload} />
        </Padded>
      )}
      <DataTable {...table} items={items} />
      {(next || previous) && <Pager page={page} next={next} previous={previous} />}
    </>
  )
}

interface ListPanelProps<T> extends Omit<PagedTableProps<T>, 'label'> {
  readonly title: string
  /** The title is only read out. */
  readonly bare?: boolean
}

/** The same in a panel of its own. */
export function ListPanel<T>({ title, bare = false, ...table }: ListPanelProps<T>) {
  return (
    <Panel flush {...(!bare && { title })}>
      <PagedTable label={title} {...table} />
    </Panel>
  )
}

const Padded = ({ children }: { readonly children: ReactNode }) => <div className="table-notice">{children}</div>

interface PagerProps {
  readonly page: number
  readonly next: (() => void) | undefined
  readonly previous: (() => void) | undefined
}

export const Pager = ({ page, next, previous }: PagerProps) => {
  const texts = useTexts(partTexts)
  return (
    <nav className="pager" aria-label={texts.pages}>
      <Button variant="outline" size="small" disabled={!previous} onClick={() => previous?.()}>
        {texts.previous}
      </Button>
      <span className="soft numbers" aria-live="polite">
        {texts.page(page)}
      </span>
      <Button variant="outline" size="small" disabled={!next} onClick={() => next?.()}>
        {texts.next}
      </Button>
    </nav>
  )
}
