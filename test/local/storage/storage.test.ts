import tcb from '@cloudbase/node-sdk'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startHost, type Host } from '../../../local/host/host.ts'

let folder: string
let host: Host

const start = (): Promise<Host> =>
  startHost({ port: 0, dataFolder: folder, functionEnv: {}, functions: [], timers: false })

const sdk = () =>
  tcb.init({ env: 'minifleet-local', secretId: 'x', secretKey: 'x', serviceUrl: `${host.url}/admin`, timeout: 5000 })

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minifleet-storage-'))
  host = await start()
})
after(async () => {
  await host.close()
  await rm(folder, { recursive: true, force: true })
})

const content = Buffer.from([0, 1, 2, 255, 254])
const name = '图片/wx1/营业 执照.png'

test('a file is uploaded, looked up, downloaded and deleted by the unmodified SDK, and outlives the host', async () => {
  const { fileID } = await sdk().uploadFile({ cloudPath: name, fileContent: content })
  assert.equal(fileID, `cloud://minifleet-local.minifleet-local-files/${name}`)
  await host.close()
  host = await start()

  const { fileList } = await sdk().getTempFileURL({ fileList: [fileID, 'cloud://minifleet-local.x/none'] })
  assert.deepEqual(
    fileList.map(({ code }) => code),
    ['SUCCESS', 'STORAGE_FILE_NONEXIST'],
  )
  const address = encodeURI(String(fileList[0]?.tempFileURL))
  assert.deepEqual(Buffer.from(await (await fetch(address)).arrayBuffer()), content)
  assert.equal((await fetch(address.replace(/.$/, 'x'))).status, 403)
  assert.deepEqual((await sdk().downloadFile({ fileID })).fileContent, content)

  const deleted = await sdk().deleteFile({ fileList: [fileID] })
  assert.deepEqual(
    deleted.fileList.map(({ code }) => code),
    ['SUCCESS'],
  )
  await assert.rejects(sdk().downloadFile({ fileID }))
})

test('nobody uploads without what the SDK was given, nor to another place', async () => {
  const put = await fetch(`${host.url}/__local/storage/a/b.txt`, { method: 'PUT', body: 'x' })
  assert.equal(put.status, 403)
  await assert.rejects(sdk().uploadFile({ cloudPath: '../b.txt', fileContent: content }))
})
