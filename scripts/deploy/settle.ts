import type { Change } from './step.ts'
import { PATIENCE_S, waitUntil, type Waiting } from './wait.ts'
import { codeOf, DeployError, type Words } from './words.ts'

/** Makes a change and waits until the cloud shows it. @throws DeployError, or what the cloud said */
export async function settle(change: Change, waiting: Waiting): Promise<void> {
  let refusal: unknown
  const isTaken = async (): Promise<boolean> => {
    try {
      await change.apply()
      return true
    } catch (error) {
      refusal = error
      if (!isUnderWay(error)) throw error
      // A deployment that was killed may have asked for it already.
      return (await change.arrived?.()) ?? false
    }
  }
  const isThere = async (): Promise<boolean> => (await change.arrived?.()) ?? true
  const what = (): Words => change.what
  if (!(await waitUntil(isTaken, what, waiting))) throw refusal
  if (!(await waitUntil(isThere, what, waiting))) throw stillUnderWay(change.what)
}

/** Something else is being done to it, the very same was asked for before, or too much was asked within a second. */
const isUnderWay = (error: unknown): boolean =>
  /^(?:RequestLimitExceeded|ResourceInUse|ResourceUnavailable|InternalError)|(?:Status\w*|Updating|Creating|InProgress|Busy|Exists?|Duplicate\w*)$/.test(
    codeOf(error),
  ) && !codeOf(error).endsWith('NotExist')

export const stillUnderWay = ({ zh, en }: Words): DeployError =>
  new DeployError(
    {
      zh: `云端 ${PATIENCE_S} 秒内未完成：${zh}`,
      en: `the cloud has not carried it out within ${PATIENCE_S} s: ${en}`,
    },
    {
      zh: '几分钟后重新执行 npm run deploy，会从未完成处继续',
      en: 'run npm run deploy again in some minutes; it goes on where it stopped',
    },
  )
