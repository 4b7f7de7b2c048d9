import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder } from '../build/project-folder.ts'
import { buildConsole } from '../build/console.ts'
import type { Site } from './cloud.ts'
import { note, readRecord } from './record.ts'
import { stillUnderWay } from './settle.ts'
import type { Change, Deployment, Step } from './step.ts'
import { waitUntil } from './wait.ts'
import { counted, type Words } from './words.ts'

/** `--only` takes it beside the names of functions. */
export const CONSOLE = 'console'

const folder = join(projectFolder, '.minifleet/console')

/** Where static hosting is on: the console for this platform's API, below `/console/`. What else lies there stays. */
export const consoleStep: Step = {
  title: { zh: '网页控制台', en: 'web console' },
  async plan(deployment) {
    const { cloud, database, values, say } = deployment
    const site = await waitForSite(deployment)
    if (!site) {
      say(
        '  - 静态网站托管未开通，跳过（可选）：云开发控制台 → 静态网站托管 → 开通 · static hosting is off, skipped; switch it on in the CloudBase console to have the console there',
      )
      return []
    }
    const names = await build(values.config.publicBaseUrl)
    const hash = await hashFiles(names)
    const deployed = await readRecord(database, 'deployment')
    const changes: Change[] = []
    if (deployed[CONSOLE] !== hash)
      changes.push({
        what: {
          zh: `上传控制台（${names.length} 个文件）`,
          en: `upload the console (${counted(names.length, 'file')})`,
        },
        apply: async () => {
          // The page goes last: it names the others.
          await cloud.upload(names.filter((name) => name !== 'index.html').map(toUpload))
          await cloud.upload([toUpload('index.html')])
          await note(database, 'deployment', CONSOLE, hash)
        },
      })
    if ((await cloud.errorDocument()) === undefined)
      changes.push({
        what: {
          zh: `托管的错误页面设为 ${errorDocument}，控制台的子页面可直接打开`,
          en: `${errorDocument} becomes the error page of the hosting, so that pages of the console can be opened by address`,
        },
        apply: () => cloud.setErrorDocument(errorDocument),
        arrived: async () => (await cloud.errorDocument()) !== undefined,
      })
    return changes
  },
}

async function waitForSite(deployment: Deployment): Promise<Site | undefined> {
  let site: Site | undefined
  const isSettled = async (): Promise<boolean> => {
    site = await deployment.cloud.site()
    return site?.isOnline ?? true
  }
  const what = { zh: '静态网站托管开通', en: 'static hosting is being switched on' }
  if (!(await waitUntil(isSettled, () => what, deployment))) throw stillUnderWay(what)
  return site
}

const errorDocument = 'console/index.html'

/** Names of the files in `folder`. A build for another address is no use. */
async function build(apiBaseUrl: string): Promise<string[]> {
  const former = await readFile(join(folder, 'config.json'), 'utf8').catch(() => '')
  const always = former.trim() !== JSON.stringify({ apiBaseUrl })
  return [...(await buildConsole({ outFolder: folder, apiBaseUrl, always })).keys()]
}

const toUpload = (name: string) => ({ localPath: join(folder, name), cloudPath: `console/${name}` })

async function hashFiles(names: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const name of names.toSorted()) hash.update(`${name}\0`).update(await readFile(join(folder, name)))
  return hash.digest('hex')
}

export const consoleAddress = ({ domain }: Site): string => `https://${domain}/console/`

/** A browser asks the API only from origins that the API names. */
export const missingOrigin = ({ domain }: Site, allowed: readonly string[]): Words | undefined => {
  const origin = `https://${domain}`
  if (allowed.includes(origin)) return undefined
  return {
    zh: `控制台还不能调用接口：.env 中 API_CORS_ORIGINS 加入 ${origin}，再执行 npm run deploy`,
    en: `the console may not call the API yet: add ${origin} to API_CORS_ORIGINS in .env, then npm run deploy`,
  }
}
