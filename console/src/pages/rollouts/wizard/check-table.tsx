import { useState } from 'react'
import { DataTable, Pager, type Column } from '../../../parts/data-table.tsx'
import { FilterBar } from '../../../parts/filter-bar.tsx'
import { Mark } from '../../../parts/mark.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { ProblemWords } from '../problem-words.tsx'
import { hasItAlready, type CheckedItem } from './use-preflight.ts'

interface CheckTableProps {
  readonly items: readonly CheckedItem[]
  readonly names: ReadonlyMap<string, string>
}

const SHOWN = 10

type Filter = 'all' | 'notReady' | 'hasIt' | 'ready'

export const CheckTable = ({ items, names }: CheckTableProps) => {
  const texts = useTexts(wizardTexts)
  const [filter, setFilter] = useState<Filter>('all')
  const [page, setPage] = useState(1)
  const hasIt = items.filter(hasItAlready)
  const notReady = items.filter((item) => !item.ready && !hasItAlready(item))
  const ready = items.filter((item) => item.ready)
  // What needs a look comes first.
  const chosen = { all: [...notReady, ...hasIt, ...ready], notReady, hasIt, ready }[filter]
  const last = Math.max(1, Math.ceil(chosen.length / SHOWN))
  const now = Math.min(page, last)
  const columns: readonly Column<CheckedItem>[] = [
    {
      key: 'merchant',
      title: texts.merchant,
      isName: true,
      cell: ({ appid }) => (
        <span className="merchant-plain">
          {names.get(appid) || appid} <span className="fine mono">{appid}</span>
        </span>
      ),
    },
    {
      key: 'ready',
      title: texts.result,
      cell: (item) => (
        <Mark tone={item.ready || hasItAlready(item) ? 'good' : 'warn'}>
          {item.ready ? texts.ready : hasItAlready(item) ? texts.hasIt : texts.notReady}
        </Mark>
      ),
    },
    {
      key: 'problem',
      title: texts.problem,
      cell: ({ problems }) =>
        problems.length > 0 && (
          <div className="stack tight">
            {problems.map((problem) => (
              <ProblemWords key={problem.message} problem={problem} />
            ))}
          </div>
        ),
    },
  ]
  return (
    <div className="wizard-picker">
      {notReady.length + hasIt.length > 0 && (
        <div className="wizard-picker-head">
          <FilterBar<Filter>
            label={texts.show}
            value={filter}
            choices={[
              { value: 'all', label: `${texts.merchants} ${items.length}` },
              ...(notReady.length > 0
                ? [{ value: 'notReady' as const, label: `${texts.notReady} ${notReady.length}` }]
                : []),
              ...(hasIt.length > 0 ? [{ value: 'hasIt' as const, label: `${texts.hasIt} ${hasIt.length}` }] : []),
              { value: 'ready', label: `${texts.ready} ${ready.length}` },
            ]}
            onChange={(wanted) => {
              setFilter(wanted)
              setPage(1)
            }}
          />
        </div>
      )}
      <DataTable
        label={texts.checked}
        columns={columns}
        items={chosen.slice((now - 1) * SHOWN, now * SHOWN)}
        keyOf={({ appid }) => appid}
      />
      {last > 1 && (
        <Pager
          page={now}
          next={now < last ? () => setPage(now + 1) : undefined}
          previous={now > 1 ? () => setPage(now - 1) : undefined}
        />
      )}
    </div>
  )
}
