import { after, before, test } from 'node:test'
import { moments } from '../fixtures/crash.ts'
import type { CrashPoint } from '../fixtures/crash-sweep.ts'
import { pushSteps } from '../fixtures/push-steps.ts'
import { numbersFrom } from '../fixtures/random-faults.ts'
import { crashStep, openCrashStage } from '../fixtures/step-crashes.ts'
import { queueSteps, sweepSteps } from '../fixtures/timer-steps.ts'

/** So many steps of all, each killed at one operation; `npm run test:crash` takes all of them at each. */
const STEPS = 3

const next = numbersFrom(4)
const pick = <T>(all: readonly T[]): readonly T[] => all.slice(Math.floor(next() * all.length)).slice(0, 1)

const somewhere = (operations: readonly string[]): readonly CrashPoint[] =>
  pick(operations.map((_, index) => index + 1)).flatMap((operation) =>
    pick(moments).map((moment) => ({ operation, moment })),
  )

let stage: Awaited<ReturnType<typeof openCrashStage>>
before(async () => {
  stage = await openCrashStage()
})
after(() => stage.close())

const all = [...Object.values(pushSteps), ...Object.values(queueSteps).flat(), ...sweepSteps]
const sample = new Set(Array.from({ length: STEPS }, () => pick(all)).flat())
for (const step of sample)
  test(`${step.name}, killed somewhere: nothing is lost, told twice, or left over`, async () => {
    await crashStep(stage, step, somewhere)
  })
