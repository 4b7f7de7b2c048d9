import * as v from 'valibot'
import { readAccountInfo, setVisibility } from '../miniprograms/account-info.ts'
import { domainsFit, serverDomainsWith, webviewDomains } from '../miniprograms/domain-names.ts'
import { appid, choice, text } from '../inputs.ts'
import { login } from '../miniprograms/login.ts'
import { changing, reading } from '../operation.ts'
import { guidelineKeys, ownerSetting } from '../miniprograms/privacy-shapes.ts'
import { ensurePrivacy, setPrivacy, showPrivacy } from '../miniprograms/privacy.ts'
import { serverKinds, setServerDomains } from '../miniprograms/server-domains.ts'
import { bindTester, listTesters, unbindTester } from '../miniprograms/testers.ts'
import { setWebviewDomains } from '../miniprograms/webview-domains.ts'

const action = choice(['add', 'delete', 'set', 'get'])

const wechatId = v.pipe(text(64), v.regex(/^[\w-]+$/, 'must be a WeChat id'))

const version = v.optional(v.picklist([1, 2], 'must be 1 (live) or 2 (next version)'), 2)

export const miniprogramOperations = {
  'miniprograms.setServerDomains': changing({
    role: 'operator',
    summary: 'Read or change the server domains of a mini program; the platform must have them first',
    input: {
      appid,
      action,
      requestDomains: v.optional(serverDomainsWith('https')),
      wsRequestDomains: v.optional(serverDomainsWith('wss')),
      uploadDomains: v.optional(serverDomainsWith('https')),
      downloadDomains: v.optional(serverDomainsWith('https')),
      udpDomains: v.optional(serverDomainsWith('udp')),
      tcpDomains: v.optional(serverDomainsWith('tcp')),
    },
    check: (input) => {
      const given = Object.keys(serverKinds).filter((name) => Object.hasOwn(input, name))
      if (input.action === 'get') return given[0] === undefined ? undefined : [given[0], 'get takes no domains']
      return given.length > 0 ? undefined : ['requestDomains', 'Name at least one kind of domains']
    },
    run: (platform, input, { caller }) => setServerDomains(platform, caller, input),
  }),
  'miniprograms.setWebviewDomains': changing({
    role: 'operator',
    summary: 'Read or change the web-view domains of a mini program; the platform must have them first',
    input: { appid, action, domains: v.optional(webviewDomains) },
    check: domainsFit,
    run: (platform, input, { caller }) => setWebviewDomains(platform, caller, input),
  }),
  'miniprograms.setPrivacy': changing({
    role: 'operator',
    summary: 'Set the privacy guideline (用户隐私保护指引)',
    input: {
      appid,
      version,
      ownerSetting,
      settingList: v.optional(guidelineKeys),
      sdkPrivacyInfoList: v.optional(
        v.array(
          v.strictObject({ sdk_name: text(128), sdk_biz_name: v.optional(text(128)), sdk_list: guidelineKeys }),
          'must be a list',
        ),
      ),
    },
    check: (input) => {
      const LIVE = 1
      if (input.version === LIVE && input.settingList !== undefined && input.settingList.length > 0)
        return ['settingList', 'The live guideline takes only ownerSetting']
      if (input.version === LIVE && input.ownerSetting.ext_file_media_id !== undefined)
        return ['ownerSetting.ext_file_media_id', 'The live guideline takes no text of its own']
      if (input.version !== LIVE && input.settingList === undefined) return ['settingList', 'settingList is required']
      return undefined
    },
    run: (platform, input, { begunBefore }) =>
      begunBefore === undefined ? setPrivacy(platform, input) : ensurePrivacy(platform, input),
  }),
  'miniprograms.getPrivacy': reading({
    role: 'viewer',
    summary: 'The privacy guideline, and what the committed code needs besides',
    input: { appid, version },
    run: (platform, input) => showPrivacy(platform, input.appid, input.version),
  }),
  'miniprograms.bindTester': changing({
    role: 'operator',
    summary: 'Let somebody open the trial version',
    input: { appid, wechatId },
    run: (platform, input) => bindTester(platform, input.appid, input.wechatId),
  }),
  'miniprograms.unbindTester': changing({
    role: 'operator',
    summary: 'Take the trial version away from somebody',
    input: { appid, wechatId },
    run: (platform, input, { begunBefore }) =>
      unbindTester(platform, input.appid, input.wechatId, begunBefore !== undefined),
  }),
  'miniprograms.listTesters': reading({
    role: 'operator',
    summary: 'Who may open the trial version, by userstr',
    input: { appid },
    run: (platform, input) => listTesters(platform, input.appid),
  }),
  'miniprograms.info': reading({
    role: 'viewer',
    summary: 'Name, subject, versions and visibility of a mini program',
    input: { appid },
    run: (platform, input) => readAccountInfo(platform, input.appid),
  }),
  'miniprograms.setVisibility': changing({
    role: 'operator',
    summary: 'Stop or resume the online version',
    input: { appid, visible: v.boolean('must be true or false') },
    run: (platform, input) => setVisibility(platform, input.appid, input.visible),
  }),
  'miniprograms.login': reading({
    role: 'operator',
    summary: "Exchange a js_code of wx.login for the user's session",
    input: { appid, jsCode: text(256) },
    run: (platform, input) => login(platform, input.appid, input.jsCode),
  }),
}
