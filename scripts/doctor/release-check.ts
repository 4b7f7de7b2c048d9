import { randomBytes } from 'node:crypto'
import type { PushFields } from '../../shared/wechat/messages.ts'
import { customerServiceTextFor, PASSIVE_REPLY_TEXT, passiveReplyTo } from '../../shared/wechat/test-accounts.ts'
import { openReply, post, sealPush, type Came } from './robot.ts'
import { findSimulator, type Simulator } from './simulator.ts'
import type { Target } from './target.ts'

export interface CheckResult {
  readonly name: string
  readonly passed: boolean
  readonly tookMs: number
  /** What came instead. */
  readonly came: string
  readonly cure?: string
}

interface Verdict {
  readonly passed: boolean
  readonly came: string
}

const OFFICIAL = { appid: 'wx570bc396a51b8ff8', userName: 'gh_3c884a361561', accountType: 'officialAccount' }
const MINI_PROGRAM = { appid: 'wxd101a85aa106f53e', userName: 'gh_8dad206e9538', accountType: 'miniProgram' }

const keysCure =
  'Compare COMPONENT_APPID, COMPONENT_TOKEN and COMPONENT_AES_KEY here, in the deployed functions and in the console. 请核对三处的 AppID、消息校验 Token 与消息加解密 Key。'
const addressCure = 'Is the address right, and the HTTP route deployed? 请检查地址与 HTTP 访问服务路由。'
const logCure = 'The log of receiveMessage tells the reason. 请查看 receiveMessage 日志。'

/** One test after the other, told as they end. */
export async function checkRelease(target: Target, tell: (result: CheckResult) => void): Promise<CheckResult[]> {
  const simulator = await findSimulator(target.simulator)
  const results: CheckResult[] = []
  const note = (name: string, cameBack: Came, { passed, came }: Verdict, cure: string): void => {
    const result = { name, passed, tookMs: cameBack.tookMs, came, ...(!passed && { cure: cureFor(cameBack, cure) }) }
    results.push(result)
    tell(result)
  }
  const event = await pushEvent(target)
  note('授权事件接收URL: an event is answered success', event, expecting(event, 200, 'success'), keysCure)
  const forged = await pushForged(target)
  note('授权事件接收URL: a forged push is refused', forged, expecting(forged, 403, 'forbidden'), addressCure)
  const plain = await pushPlain(target)
  note('授权事件接收URL: plain JSON is refused', plain, expecting(plain, 403, 'forbidden'), addressCure)
  const openid = newOpenid()
  const text = await pushText(target, OFFICIAL, openid, PASSIVE_REPLY_TEXT)
  note(`消息与事件接收URL: ${PASSIVE_REPLY_TEXT} is answered`, text, judgeReply(target, text, openid), keysCure)
  for (const account of [OFFICIAL, MINI_PROGRAM]) {
    const { cameBack, verdict } = await checkFromApi(target, simulator, account)
    const kind = account === OFFICIAL ? '公众号' : '小程序'
    const what = simulator ? 'the customer-service message is sent' : 'is answered with nothing'
    note(`消息与事件接收URL (${kind}): QUERY_AUTH_CODE, ${what}`, cameBack, verdict, logCure)
  }
  return results
}

const cureFor = ({ status }: Came, cure: string): string => {
  if (status === undefined || status === 404 || status === 405) return addressCure
  if (status === 503)
    return 'The database did not take the push: look at the environment and its plan. 请检查云数据库与套餐。'
  return status === 500 ? 'A variable of the functions is missing or malformed. 请检查云函数环境变量。' : cure
}

const newOpenid = (): string => `o${randomBytes(12).toString('hex')}`
const now = (): string => String(Math.floor(Date.now() / 1000))

const shown = ({ status, body }: Came): string =>
  status === undefined ? body : `HTTP ${status} ${JSON.stringify(body.slice(0, 200))}`

const expecting = (came: Came, status: number, body: string): Verdict => ({
  passed: came.status === status && came.body === body,
  came: shown(came),
})

/** Of a kind that nobody knows, so that no ticket is put in the place of a real one. */
function pushEvent(target: Target): Promise<Came> {
  const fields = { AppId: target.appid, CreateTime: now(), InfoType: 'minifleet_release_check', Nonce: newOpenid() }
  const { url, body } = sealPush(target, '/wechat/component', { AppId: target.appid }, fields)
  return post(url, body)
}

function pushForged(target: Target): Promise<Came> {
  const stranger = { ...target, token: newOpenid() }
  const fields = { AppId: target.appid, CreateTime: now(), InfoType: 'unauthorized', AuthorizerAppid: 'wx0' }
  const { url, body } = sealPush(stranger, '/wechat/component', { AppId: target.appid }, fields)
  return post(url, body)
}

const pushPlain = (target: Target): Promise<Came> =>
  post(
    `${target.baseUrl}/wechat/component`,
    JSON.stringify({
      AppId: target.appid,
      CreateTime: Number(now()),
      InfoType: 'unauthorized',
      AuthorizerAppid: 'wx0',
    }),
    'application/json',
  )

function pushText(target: Target, account: typeof OFFICIAL, openid: string, content: string): Promise<Came> {
  const fields: PushFields = {
    ToUserName: account.userName,
    FromUserName: openid,
    CreateTime: now(),
    MsgType: 'text',
    Content: content,
    MsgId: String(Date.now()),
  }
  const { url, body } = sealPush(target, `/wechat/message/${account.appid}`, { ToUserName: account.userName }, fields)
  return post(url, body)
}

function judgeReply(target: Target, came: Came, openid: string): Verdict {
  const reply = openReply(target, came.body)
  if (!reply) return { passed: false, came: shown(came) }
  const passed =
    came.status === 200 &&
    reply['Content'] === passiveReplyTo(PASSIVE_REPLY_TEXT) &&
    reply['MsgType'] === 'text' &&
    reply['ToUserName'] === openid &&
    reply['FromUserName'] === OFFICIAL.userName
  return { passed, came: JSON.stringify(reply) }
}

/** Only WeChat can issue a code that works; with another the answer is the same, and no message can follow. */
async function checkFromApi(
  target: Target,
  simulator: Simulator | undefined,
  account: typeof OFFICIAL,
): Promise<{ cameBack: Came; verdict: Verdict }> {
  const openid = newOpenid()
  const code = simulator ? await simulator.issueCode(account) : `queryauthcode@@@${newOpenid()}`
  const cameBack = await pushText(target, account, openid, `QUERY_AUTH_CODE:${code}`)
  const verdict = expecting(cameBack, 200, '')
  if (!verdict.passed || !simulator) return { cameBack, verdict }
  const sent = await simulator.awaitMessage(openid)
  const passed = sent === customerServiceTextFor(code)
  return { cameBack, verdict: { passed, came: sent === undefined ? 'no customer-service message' : 'another text' } }
}
