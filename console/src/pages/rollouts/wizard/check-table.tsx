import { useState } from 'react'
import { DataTable, Pager, type Column } from '../../../parts/data-table.tsx'
import { FilterBar } from '../../../parts/filter-bar.tsx'
import { Mark } from '../../../parts/mark.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { ProblemWords } from '../problem-words.tsx'
import type { CheckedItem } from './use-preflight.ts'

interface CheckTableProps {
  readonly items: readonly CheckedItem[]
  readonly names: ReadonlyMap<string, string>
}

const SHOWN = 10

type Filter = 'all' | 'notReady' | 'ready'

export const CheckTable = ({ items, names }: CheckTableProps) => {
  const texts = useTexts(wizardTexts)
  const [filter, setFilter] = useState<Filter>('all')
  const [page, setPage] = useState(1)
  const notReady = items.filter(({ ready }) => !ready)
  const ready = items.filter((item) => item.ready)
  // What needs a look comes first.
  const chosen = { all: [...notReady, ...ready], notReady, ready }[filter]
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
      cell: (item) => (item.ready ? <Mark tone="good">{texts.ready}</Mark> : <Mark tone="warn">{texts.notReady}</Mark>),
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
      {notReady.length > 0 && (
        <div className="wizard-picker-head">
          <FilterBar<Filter>
            label={texts.show}
            value={filter}
            choices={[
              { value: 'all', label: `${texts.merchants} ${items.length}` },
              { value: 'notReady', label: `${texts.notReady} ${notReady.length}` },
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
