import { useState } from 'react'
import DownloadIcon from 'tdesign-icons-react/esm/components/download.js'
import type { Minifleet } from '../../../client/src/client.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import { useSession } from '../api/session.ts'
import { Button } from './button.tsx'
import { ErrorNotice } from './notice.tsx'

interface ExportButtonProps {
  readonly children: string
  /** Writes the file. */
  readonly make: (client: Minifleet) => Promise<void>
  readonly disabled?: boolean
}

/** Reads what is to be saved, page after page, and saves it. */
export const ExportButton = ({ children, make, disabled = false }: ExportButtonProps) => {
  const { client } = useSession()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const act = async (): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await make(client)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button
        size="small"
        variant="outline"
        icon={<DownloadIcon aria-hidden />}
        loading={busy}
        disabled={disabled}
        onClick={() => void act()}
      >
        {children}
      </Button>
      <ErrorNotice problem={problem} onRetry={() => void act()} />
    </>
  )
}

export const saveCsv = (name: string, rows: readonly (readonly string[])[]): void =>
  saveFile(`${name}.csv`, [csvOf(rows)], 'text/csv;charset=utf-8')

/** Names of all merchants, for a file. */
export async function allNames(client: Minifleet): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for await (const { appid, nickName } of client.all('authorizers.list', { limit: 100 })) names.set(appid, nickName)
  return names
}

/** Hands a file to the person, as a download. */
export function saveFile(name: string, parts: readonly BlobPart[], type: string): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** A spreadsheet would take it for a formula; a merchant chooses its own name. */
const FORMULA = /^[=+\-@\t\r]/

const cellOf = (value: string): string => {
  const harmless = FORMULA.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** With the mark by which Excel knows UTF-8. */
const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`
