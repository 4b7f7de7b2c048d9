import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildFunctions } from '../../scripts/build/build.ts'
import { runDeploy } from '../../scripts/deploy/command.ts'
import { startFakeCloud, type FakeCloud } from './fake-cloud.ts'
import { enterWorldOf, runHere, type Ran } from './run-deploy.ts'

let cloud: FakeCloud
before(async () => {
  await buildFunctions()
  cloud = await startFakeCloud()
  cloud.site = async ({ path }) => asDeployed(path)
  enterWorldOf(cloud)
})
after(() => cloud.close())

/** What the deployed functions answer to the probes. */
const asDeployed = (path: string): Response => {
  if (path.startsWith('/wechat')) return new Response('forbidden', { status: 403 })
  if (path.startsWith('/auth')) return new Response('<html></html>', { status: 400 })
  return new Response('{"error":{"code":"UNAUTHENTICATED"}}', { status: 401 })
}

const deploy = (args: string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  runHere((flags, terminal) => runDeploy(flags, { ...terminal, pause: async () => undefined }), args, env)

test('a cloud that shows each change thirty looks later, and one that needs one', { timeout: 170_000 }, async () => {
  cloud.looks = 30
  const first = await deploy()
  assert.deepEqual([first.code, first.err], [0, ''])
  assert.match(first.out, /… \d+ s: /)
  cloud.takeAll()

  cloud.looks = 1
  const origins = { RETURN_URL_ORIGINS: 'https://shop.example.com' }
  const { code, out, err } = await deploy([], origins)
  assert.deepEqual([code, err], [0, ''])
  assert.match(out, /deploy receiveTicket \(RETURN_URL_ORIGINS\), receiveMessage \(RETURN_URL_ORIGINS\)/)
  assert.match(out, /all routes answer as they should/)
  cloud.takeAll()

  assert.match((await deploy([], origins)).out, /nothing had to be changed/)
  assert.deepEqual(cloud.takeChanges(), [])
})

test('what is being changed by somebody else is waited for, a minute and no longer', async () => {
  const live = cloud.state.functions.get('startAuth')
  cloud.state.functions.set('startAuth', { ...live, Status: 'Updating' })
  const { code, out, err } = await deploy(['--only', 'startAuth'])
  assert.equal(code, 1)
  assert.match(out, /… 51 s: 云函数更新中：startAuth/)
  assert.match(err, /within 60 s: functions are being updated: startAuth\n.*run npm run deploy again in some minutes/)
  assert.deepEqual(cloud.takeChanges(), [])
})
