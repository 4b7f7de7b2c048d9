import { type ComponentType, type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import { brokenThings } from './demo-state.ts'
import { CureEntries } from './cure-entries.tsx'
import { MerchantEntries } from './merchant-entries.tsx'
import { OfficeEntries } from './office-entries.tsx'
import { ReviewerEntries } from './reviewer-entries.tsx'
import { TroubleEntries } from './trouble-entries.tsx'
import { useDrawer } from './use-demo.ts'

const groups = ['merchant', 'reviewer', 'office', 'trouble', 'cure'] as const
type Group = (typeof groups)[number]

const contents: Readonly<Record<Group, ComponentType>> = {
  merchant: MerchantEntries,
  reviewer: ReviewerEntries,
  office: OfficeEntries,
  trouble: TroubleEntries,
  cure: CureEntries,
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** Be the merchant, the reviewer, the authorities, break something, cure it: one at a time, chosen with the arrow keys, too. */
export const Groups = () => {
  const texts = useTexts(tourTexts)
  const { state } = useDrawer()
  const [group, setGroup] = useState<Group>('merchant')
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const counts: Partial<Record<Group, number>> = { reviewer: state.audits.length, cure: brokenThings(state).length }
  const move = (event: KeyboardEvent): void => {
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    const place = (groups.indexOf(group) + step + groups.length) % groups.length
    setGroup(groups[place] ?? group)
    list.current?.querySelectorAll('button')[place]?.focus()
  }
  const Content = contents[group]
  return (
    <>
      <div ref={list} className="tour-groups" role="tablist" aria-label={texts.groups} onKeyDown={move}>
        {groups.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === group}
            aria-controls={`${id}-content`}
            tabIndex={name === group ? 0 : -1}
            onClick={() => setGroup(name)}
          >
            {texts[name]}
            <Count value={counts[name] ?? 0} />
          </button>
        ))}
      </div>
      <div id={`${id}-content`} role="tabpanel" aria-labelledby={`${id}-${group}`}>
        <Content key={group} />
      </div>
    </>
  )
}

const Count = ({ value }: { readonly value: number }) =>
  value > 0 ? <span className="tour-count numbers">{value}</span> : null
