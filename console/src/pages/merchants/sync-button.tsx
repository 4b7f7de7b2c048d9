import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { syncTexts } from '../../text/merchants.ts'

interface Looked {
  readonly added: number
  readonly updated: number
  readonly revoked: number
  readonly problems: number
  /** Accounts that were not looked at yet; unknown before the first answer. */
  readonly remaining?: number
}

/** Compares with WeChat's list, run after run, until all accounts were looked at. */
export const SyncButton = () => {
  const texts = useTexts(syncTexts)
  const sync = useAction('authorizers.sync')
  const [looked, setLooked] = useState<Looked>()

  const syncAll = async (): Promise<boolean> => {
    let so: Looked = { added: 0, updated: 0, revoked: 0, problems: 0 }
    let input: { continue?: string } = {}
    try {
      for (;;) {
        setLooked(so)
        const run = await sync.run(input)
        if (!run) return false
        so = {
          added: so.added + run.added,
          updated: so.updated + run.updated,
          revoked: so.revoked + run.revoked,
          problems: so.problems + run.problems,
          remaining: run.remaining,
        }
        if (run.continue === undefined) break
        input = { continue: run.continue }
      }
    } finally {
      setLooked(undefined)
    }
    toast(texts.synced(so.added, so.updated, so.revoked, so.problems))
    return true
  }

  return (
    <ConfirmButton
      title={looked ? texts.running : texts.title}
      consequence={looked ? <Progress looked={looked} /> : texts.consequence}
      action={{ ...sync, busy: looked !== undefined }}
      onConfirm={syncAll}
    >
      {texts.sync}
    </ConfirmButton>
  )
}

const Progress = ({ looked: { added, remaining } }: { readonly looked: Looked }) => {
  const texts = useTexts(syncTexts)
  return (
    <div className="stack tight">
      <p role="status">{remaining === undefined ? texts.begun : texts.left(remaining, added)}</p>
      <ProgressBar value={undefined} label={texts.running} />
    </div>
  )
}
