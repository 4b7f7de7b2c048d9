import { after, before, test } from 'node:test'
import { everywhere } from '../fixtures/crash-sweep.ts'
import { crashedOperations, crashOperation, openScene } from '../fixtures/operation-crashes.ts'

let scene: Awaited<ReturnType<typeof openScene>>
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

for (const name of await crashedOperations())
  test(`${name}, killed at every operation and repeated with its key: one effect, the right answer`, async (t) => {
    t.diagnostic(`${await crashOperation(scene, name, everywhere)} crash points`)
  })
