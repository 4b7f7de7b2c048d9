import { askAbout, countRenewals, loseAuthorization } from '../token-trouble.ts'
import { action, merchantInput, nameOf, type Action } from './action.ts'
import { describeAnswer, describeProblem, join } from './report.ts'

const expireToken = action(merchantInput, async (world, { appid }) => {
  const before = await countRenewals(world)
  await world.wechat.control.revokeToken({ owner: appid })
  const answer = await askAbout(world, appid)
  const renewed = (await countRenewals(world)) - before
  const name = nameOf(world, appid)
  return join(
    {
      zh: `微信已作废「${name}」的 access_token（40001）`,
      en: `WeChat voided the access token of ${name} (40001)`,
    },
    { zh: `平台刷新了 ${renewed} 次`, en: `The platform renewed it ${renewed === 1 ? 'once' : `${renewed} times`}` },
    describeAnswer(answer),
    await describeProblem(world, 'TOKEN_REPLACED_ELSEWHERE'),
  )
})

const killRefreshToken = action(merchantInput, async (world, { appid }) => {
  await loseAuthorization(world, appid)
  const name = nameOf(world, appid)
  return join(
    {
      zh: `微信不再接受「${name}」的任何令牌（61023）`,
      en: `WeChat accepts no token of ${name} any more (61023)`,
    },
    await describeProblem(world, 'REAUTHORIZATION_REQUIRED', appid),
    describeAnswer(await askAbout(world, appid)),
  )
})

export const tokenActions: Readonly<Record<string, Action>> = { expireToken, killRefreshToken }
