import { useEffect, useState } from 'react'
import type { Minifleet } from '../../../../client/src/client.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { useOperation } from '../../api/use-operation.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import { useSession } from '../../api/session.ts'
import { Button } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { allNames, ExportButton, saveFile } from '../../parts/export-button.tsx'
import { ChoiceField } from '../../parts/fields.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutToolTexts } from '../../text/rollouts.ts'
import { type Rollout, waveCountOf } from './item-states.ts'
import './trial-codes.css'

/** Each is a question to WeChat. */
const AT_ONCE = 12
const WIDTH = 4

/** Those of a wave that were committed to; items come in the order of waves. */
async function withTrial(client: Minifleet, rolloutId: string, wanted: number): Promise<readonly string[]> {
  const appids: string[] = []
  for await (const { appid, wave, releaseId } of client.all('rollouts.items', { rolloutId, limit: 100 })) {
    if (wave > wanted) break
    if (wave === wanted && releaseId !== undefined) appids.push(appid)
  }
  return appids
}

/** The trial versions of a wave, to be tried with a phone: a wall of codes, or all of them in a file. */
export const TrialCodes = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(rolloutToolTexts)
  const [isShown, setShown] = useState(false)
  const [wave, setWave] = useState(rollout.wave)
  const waves = Array.from({ length: waveCountOf(rollout) }, (_, index) => index + 1)
  return (
    <Panel
      title={texts.codes}
      note={texts.codesNote}
      actions={
        !isShown && (
          <Button size="small" variant="outline" onClick={() => setShown(true)}>
            {texts.codesShow}
          </Button>
        )
      }
    >
      {isShown && (
        <div className="stack">
          {waves.length > 1 && (
            <ChoiceField
              label={texts.codesWave}
              value={String(wave)}
              onChange={(chosen) => setWave(Number(chosen))}
              choices={waves.map((one) => ({ value: String(one), label: texts.waveName(one) }))}
            />
          )}
          <Wall key={wave} rollout={rollout} wave={wave} />
        </div>
      )}
    </Panel>
  )
}

const Wall = ({ rollout, wave }: { readonly rollout: Rollout; readonly wave: number }) => {
  const texts = useTexts(rolloutToolTexts)
  const { client } = useSession()
  const { rolloutId, version } = rollout
  const [appids, setAppids] = useState<readonly string[]>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [round, setRound] = useState(0)
  const [most, setMost] = useState(AT_ONCE)
  useEffect(() => {
    let isWanted = true
    withTrial(client, rolloutId, wave).then(
      (found) => isWanted && setAppids(found),
      (error: unknown) => isWanted && setProblem(asProblem(error)),
    )
    return () => {
      isWanted = false
    }
  }, [client, rolloutId, wave, round])
  const shown = appids?.slice(0, most) ?? []
  const names = useMerchantNames(shown)
  if (problem)
    return (
      <ErrorNotice
        problem={problem}
        onRetry={() => {
          setProblem(undefined)
          setRound((before) => before + 1)
        }}
      />
    )
  if (!appids) return <Waiting lines={3} />
  if (appids.length === 0) return <EmptyState title={texts.codesNone} />
  const save = async (): Promise<void> => {
    const missing = await saveCodes(client, appids, `${version} ${texts.waveName(wave)}`)
    if (missing > 0) toast(texts.codesMissing(missing))
  }
  return (
    <>
      <ul className="code-wall">
        {shown.map((appid) => (
          <Code key={appid} appid={appid} name={names.get(appid) || appid} />
        ))}
      </ul>
      <div className="row">
        <span className="fine numbers">{texts.codesOf(shown.length, appids.length)}</span>
        {appids.length > most && (
          <Button size="small" variant="outline" onClick={() => setMost((before) => before + AT_ONCE)}>
            {texts.codesMore}
          </Button>
        )}
        <ExportButton make={save}>{texts.codesZip}</ExportButton>
      </div>
    </>
  )
}

const Code = ({ appid, name }: { readonly appid: string; readonly name: string }) => {
  const texts = useTexts(rolloutToolTexts)
  const { data, problem } = useOperation('releases.preview', { appid })
  return (
    <li>
      {data ? (
        <img src={`data:${data.contentType};base64,${data.base64}`} alt={texts.codeOf(name)} />
      ) : (
        <div className="code-empty fine">{problem && texts.codeFailed}</div>
      )}
      <span>{name}</span>
    </li>
  )
}

/** How many could not be had. */
async function saveCodes(client: Minifleet, appids: readonly string[], name: string): Promise<number> {
  const names = await allNames(client)
  const found: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[] = []
  const open = [...appids]
  const next = async (): Promise<void> => {
    for (let appid = open.pop(); appid !== undefined; appid = open.pop()) {
      const code = await client.call('releases.preview', { appid }).catch(() => undefined)
      if (code) found.push({ name: fileNameOf(appid, names.get(appid), code.contentType), bytes: bytesOf(code.base64) })
    }
  }
  await Promise.all(Array.from({ length: WIDTH }, next))
  const sorted = found.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (sorted.length > 0) {
    const { zipSync } = await import('fflate')
    // Pictures are compressed already.
    const zip = zipSync(Object.fromEntries(sorted.map((file) => [file.name, file.bytes])), { level: 0 })
    saveFile(`${name}.zip`, [zip], 'application/zip')
  }
  return appids.length - found.length
}

/** A merchant chooses its own name. */
const fileNameOf = (appid: string, name = '', contentType: string): string => {
  const harmless = name.replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim()
  return `${[harmless, appid].filter(Boolean).join(' ')}.${contentType.endsWith('png') ? 'png' : 'jpg'}`
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0)
