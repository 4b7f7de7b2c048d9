import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Route } from 'playwright-core'
import { startHost, type Host } from '../../local/host/host.ts'
import { buildFunctions } from '../../scripts/build/build.ts'
import { runDeploy } from '../../scripts/deploy/command.ts'
import { collections } from '../../shared/cloudbase/collections.ts'
import { startFakeCloud, type FakeCloud } from '../deploy/fake-cloud.ts'
import { enterWorldOf, envFile, runHere } from '../deploy/run-deploy.ts'
import { closeRouted, collectErrors, launchChromium } from '../fixtures/browser.ts'

/* The console as `npm run deploy` puts it into static hosting, on an origin of its own, and the functions behind the public address. */

const hosting = 'https://fleet-env-1300000000.tcloudbaseapp.com'
const owner = 'o-owner'

let cloud: FakeCloud
let host: Host
let browser: Browser
before(async () => {
  await buildFunctions()
  cloud = await startFakeCloud()
  cloud.state.storage.status = 'online'
  const functionEnv = { ...envFile, API_CORS_ORIGINS: hosting }
  host = await startHost({ port: 0, timers: false, functionEnv, log: () => undefined, maxInstances: 1 })
  browser = await launchChromium()
  for (const { name } of collections) await cloud.state.addCollection(name)
  enterWorldOf(cloud)
  const { code, err } = await runHere(runDeploy, ['--only', 'console'], { API_CORS_ORIGINS: hosting })
  assert.equal(code, 0, err)
})
after(async () => {
  await browser.close()
  await host.close()
  await cloud.close()
})

/** As static hosting answers: files, the index of a folder, and its error document where there is none. */
const fromHosting = (route: Route): Promise<void> => {
  const { files, errorDocument = '' } = cloud.state.storage
  const found = files.get(new URL(route.request().url()).pathname.slice(1).replace(/\/$/, '/index.html'))
  const { type, body } = found ?? files.get(errorDocument) ?? { type: 'text/plain', body: '' }
  return route.fulfill({ status: found ? 200 : 404, contentType: type, body })
}

const fromFunctions = async (route: Route): Promise<void> => {
  const { pathname, search } = new URL(route.request().url())
  const response = await route.fetch({ url: `${host.url}${pathname}${search}` })
  await route.fulfill({ response })
}

const openDeployed = async (): Promise<BrowserContext> => {
  const context = await browser.newContext({ locale: 'zh-CN' })
  context.setDefaultTimeout(15_000)
  await context.route(`${hosting}/**`, fromHosting)
  await context.route(`${envFile.PUBLIC_BASE_URL}/**`, fromFunctions)
  return context
}

test('deployed, a person signs in by scanning, comes back to any address, sees the session and ends it', async () => {
  const context = await openDeployed()
  const errors = collectErrors(context, hosting)
  const page = await context.newPage()
  const asked = page.waitForResponse((response) => response.url().endsWith('/api/v1/sessions'))
  await page.goto(`${hosting}/console/`)
  const { data } = await (await asked).json()
  await page.getByRole('img', { name: '登录二维码' }).waitFor()
  assert.equal(await page.locator('.sign-in-check strong').innerText(), data.check)
  assert.equal(await page.getByRole('link', { name: '打开模拟手机' }).count(), 0, 'there is no simulator')

  const approval = { operation: 'sessions.approve', input: { code: data.code, check: data.check } }
  assert.deepEqual(await host.invoke('manage', approval, { openid: owner }), { ok: true, data: {} })
  await page.getByRole('heading', { name: '概览' }).waitFor()
  await page.getByText('你的角色：所有者').waitFor()

  await page.goto(`${hosting}/console/settings/sessions`)
  const own = page.getByRole('row', { name: '当前会话' })
  await own.getByText(/Chrome/).waitFor()
  await own.getByRole('button', { name: '结束' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '结束', exact: true }).click()
  await page.getByText('登录已失效，请重新登录。').waitFor()
  // The error document comes with its status, and what has ended is refused.
  assert.deepEqual(
    errors.filter((line) => !/status of (?:404|401)/.test(line)),
    [],
  )
  await closeRouted(context)
})
