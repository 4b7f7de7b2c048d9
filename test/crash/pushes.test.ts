import { after, before, test } from 'node:test'
import { everywhere } from '../fixtures/crash-sweep.ts'
import { otherPushSteps, pushSteps } from '../fixtures/push-steps.ts'
import { crashStep, openCrashStage } from '../fixtures/step-crashes.ts'

let stage: Awaited<ReturnType<typeof openCrashStage>>
before(async () => {
  stage = await openCrashStage()
})
after(() => stage.close())

for (const step of [...Object.values(pushSteps), ...otherPushSteps])
  test(`${step.name}, killed at every operation: nothing is lost, told twice, or left over`, async (t) => {
    t.diagnostic(`${await crashStep(stage, step, everywhere)} crash points`)
  })
