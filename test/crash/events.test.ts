import { test } from 'node:test'
import { moments } from '../fixtures/crash.ts'
import { crashStories } from '../fixtures/event-crashes.ts'

for (const moment of moments)
  test(`what has to be told, killed at every operation of the story, ${moment}: all is told, each once`, async (t) => {
    t.diagnostic(`${await crashStories(moment)} crash points`)
  })
