import { after, before, test } from 'node:test'
import { everywhere } from '../fixtures/crash-sweep.ts'
import { crashStep, openCrashStage } from '../fixtures/step-crashes.ts'
import { queueSteps, sweepSteps } from '../fixtures/timer-steps.ts'

let stage: Awaited<ReturnType<typeof openCrashStage>>
before(async () => {
  stage = await openCrashStage()
})
after(() => stage.close())

for (const step of [...Object.values(queueSteps).flat(), ...sweepSteps])
  test(`${step.name}, killed at every operation: nothing is lost, told twice, or left over`, async (t) => {
    t.diagnostic(`${await crashStep(stage, step, everywhere)} crash points`)
  })
