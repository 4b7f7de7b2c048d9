import * as v from 'valibot'
import type { Answer } from '../answers.ts'
import type { Words } from '../history/seeding.ts'
import { tell, type World } from '../world.ts'

/** What the platform said to a question, in a few words. */
export const describeAnswer = (answer: Answer): Words =>
  answer.ok
    ? { zh: '平台随后的一次调用成功', en: 'The next call of the platform succeeded' }
    : {
        zh: `平台随后的一次调用得到 ${answer.error.code}`,
        en: `The next call of the platform got ${answer.error.code}`,
      }

const statusSchema = v.object({ problems: v.array(v.object({ code: v.string(), appid: v.optional(v.string()) })) })

/** Whether the platform reports such a problem now. */
export const describeProblem = async ({ host }: World, code: string, appid?: string): Promise<Words> => {
  const { problems } = await tell(host, 'platform.status', {}, statusSchema)
  return problems.some((problem) => problem.code === code && problem.appid === appid)
    ? { zh: `平台报告了问题 ${code}`, en: `The platform reports the problem ${code}` }
    : { zh: `平台现在没有报告 ${code}`, en: `The platform reports no ${code} now` }
}

/** Sentences one after the other. */
export const join = (...parts: readonly Words[]): Words => ({
  zh: `${parts.map(({ zh }) => zh).join('。')}。`,
  en: `${parts.map(({ en }) => en).join('. ')}.`,
})
