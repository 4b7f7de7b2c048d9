import { after, before, test } from 'node:test'
import { allOperations } from '../../shared/domain/operations/table.ts'
import { everywhere } from '../fixtures/crash-sweep.ts'
import { crashOperation, openScene } from '../fixtures/operation-crashes.ts'

let scene: Awaited<ReturnType<typeof openScene>>
before(async () => {
  scene = await openScene()
})
after(() => scene.close())

for (const [name, { kind }] of Object.entries(await allOperations()))
  if (kind === 'changing')
    test(`${name}, killed at every operation and repeated with its key: one effect, the right answer (N9)`, async (t) => {
      t.diagnostic(`${await crashOperation(scene, name, everywhere)} crash points`)
    })
