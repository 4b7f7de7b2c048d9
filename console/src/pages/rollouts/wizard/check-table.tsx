import { useState } from 'react'
import { type Column, DataTable, Pager } from '../../../parts/data-table.tsx'
import { FilterBar } from '../../../parts/filters.tsx'
import { Mark } from '../../../parts/mark.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { Notice, ProblemWords } from '../../../parts/notice.tsx'
import { Check } from '../../../parts/fields.tsx'
import { ChangeWords } from './change-words.tsx'
import { type WarningCode, warningCodes } from './draft.ts'
import { groupBy } from '../../../../../shared/grouping.ts'
import { type CheckedItem, oddness, type Standing, standingOf } from './use-preflight.ts'

interface CheckTableProps {
  readonly items: readonly CheckedItem[]
  readonly allow: readonly WarningCode[]
  readonly names: ReadonlyMap<string, string>
}

const SHOWN = 10

type Filter = 'all' | Standing

const standings = ['notReady', 'warned', 'hasIt', 'ready'] as const satisfies readonly Standing[]

export const CheckTable = ({ items, allow, names }: CheckTableProps) => {
  const texts = useTexts(wizardTexts)
  const [filter, setFilter] = useState<Filter>('all')
  const [page, setPage] = useState(1)
  const groups = groupBy(items, (item) => standingOf(item, allow))
  // Nobody is left of a kind whose warning was allowed.
  const shown = filter !== 'all' && groups.has(filter) ? filter : 'all'
  const chosen = (shown === 'all' ? items : (groups.get(shown) ?? [])).toSorted((a, b) => oddness(b) - oddness(a))
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
      cell(item) {
        const standing = standingOf(item, allow)
        const isGood = standing === 'ready' || standing === 'hasIt'
        return <Mark tone={isGood ? 'good' : 'warn'}>{texts[standing]}</Mark>
      },
    },
    {
      key: 'change',
      title: texts.change,
      cell: ({ comparison }) => comparison && <ChangeWords comparison={comparison} />,
    },
    {
      key: 'problem',
      title: texts.problem,
      cell: ({ problems, warnings }) =>
        problems.length + warnings.length > 0 && (
          <div className="stack tight">
            {[...problems, ...warnings].map((problem) => (
              <ProblemWords key={problem.message} problem={problem} />
            ))}
          </div>
        ),
    },
  ]
  return (
    <div className="wizard-picker">
      {groups.size > 1 && (
        <div className="wizard-picker-head">
          <FilterBar<Filter>
            label={texts.show}
            value={shown}
            choices={[
              { value: 'all', label: `${texts.merchants} ${items.length}` },
              ...standings.flatMap((value) => {
                const count = groups.get(value)?.length
                return count === undefined ? [] : [{ value, label: `${texts[value]} ${count}` }]
              }),
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

interface WarningListProps {
  readonly items: readonly CheckedItem[]
  readonly allow: readonly WarningCode[]
  readonly onChange: (allow: WarningCode[]) => void
}

/** Each kind of warning once, with how many have it and one of them told: whoever is not allowed is passed over. */
export const WarningList = ({ items, allow, onChange }: WarningListProps) => {
  const texts = useTexts(wizardTexts)
  const all = items.filter(({ ready }) => ready).flatMap(({ warnings }) => warnings)
  const kinds = [...new Map(all.map((warning) => [warning.code, warning])).values()]
  if (kinds.length === 0) return null
  return (
    <Notice tone="warn">
      <div className="stack tight">
        <strong>{texts.warnings}</strong>
        <p className="fine">{texts.warningsAbout}</p>
        {kinds.map((warning) => (
          <Check
            key={warning.code}
            value={allow.some((one) => one === warning.code)}
            onChange={(checked) =>
              onChange(
                checked
                  ? [...allow, ...warningCodes.filter((one) => one === warning.code)]
                  : allow.filter((one) => one !== warning.code),
              )
            }
          >
            <span className="stack tight">
              <span>{texts.allow(all.filter(({ code }) => code === warning.code).length)}</span>
              <ProblemWords problem={warning} />
            </span>
          </Check>
        ))}
      </div>
    </Notice>
  )
}
