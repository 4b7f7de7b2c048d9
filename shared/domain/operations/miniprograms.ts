import * as v from 'valibot'
import { nothing, whole, words, yesOrNo } from '../answers.ts'
import { readAccountInfo, setVisibility } from '../miniprograms/account-info.ts'
import { directly, domainAction, domainsFit, serverDomains, webviewDomains } from '../miniprograms/domain-names.ts'
import { appid, flag, text } from '../inputs.ts'
import { flaw } from '../input-flaws.ts'
import { login } from '../miniprograms/login.ts'
import { changing, reading } from '../operation.ts'
import { guidelineKeys, ownerSetting } from '../miniprograms/privacy-shapes.ts'
import { ensurePrivacy, setPrivacy, showPrivacy } from '../miniprograms/privacy.ts'
import { setServerDomains } from '../miniprograms/server-domains.ts'
import { bindTester, listTesters, unbindTester } from '../miniprograms/testers.ts'
import { setWebviewDomains } from '../miniprograms/webview-domains.ts'
import { lazily, told } from '../described-fields.ts'

const wechatId = told(
  'WeChat id of the person',
  '该人的微信号',
  v.pipe(text(64), v.regex(/^[\w-]+$/, flaw('MALFORMED', { example: 'zhang_san' }))),
  'wxid_ming',
)

const version = v.optional(told('1 live, 2 the next version', '1 现网版本，2 下一版本', v.picklist([1, 2])), 2)

/** WeChat's own lists: any may be missing, or null. */
const domains = (en: string, zh: string) =>
  v.optional(told(en, zh, v.nullable(v.array(v.string())), ['https://api.shop.example']))

const byOrigin = (en: string, zh: string) =>
  v.optional(
    told(
      en,
      zh,
      v.nullable(
        v.object({
          requestdomain: domains('request', 'request'),
          wsrequestdomain: domains('WebSocket', 'WebSocket'),
          uploaddomain: domains('uploads', '上传'),
          downloaddomain: domains('downloads', '下载'),
          udpdomain: domains('UDP', 'UDP'),
          tcpdomain: domains('TCP', 'TCP'),
        }),
      ),
    ),
  )

/** What the platform may hand out. */
const platformLists = lazily(() =>
  v.strictObject({
    published: v.optional(
      told('What live mini programs are given', '线上小程序可用的域名', v.array(v.string()), ['api.shop.example']),
    ),
    testing: v.optional(
      told('What the next publication would make of it', '下次全网发布后的域名', v.array(v.string()), []),
    ),
  }),
)

const serverAnswer = lazily(() =>
  v.strictObject({
    ...v.entriesFromList(
      ['requestDomains', 'wsRequestDomains', 'uploadDomains', 'downloadDomains', 'udpDomains', 'tcpDomains'],
      v.optional(
        told('Set through this platform', '通过本平台设置的', v.array(v.string()), ['https://api.shop.example']),
      ),
    ),
    invalidDomains: v.optional(told('WeChat refused these', '微信未接受的域名', v.array(v.string()), [])),
    noIcpDomains: v.optional(told('Without ICP filing', '未备案的域名', v.array(v.string()), [])),
    mpDomain: byOrigin("Set in WeChat's console (get)", '在微信后台设置的（get）'),
    thirdDomain: byOrigin('Set through platforms (get)', '通过第三方平台设置的（get）'),
    directDomain: byOrigin('Set past the platform (get)', '直接设置的（get）'),
    effectiveDomain: byOrigin('In force (get)', '生效的（get）'),
    platformDomain: v.optional(told("The platform's own list (get)", '第三方平台的列表（get）', platformLists())),
  }),
)

const webviewAnswer = lazily(() =>
  v.strictObject({
    domains: told('Set through this platform', '通过本平台设置的', v.array(v.string()), ['https://www.shop.example']),
    mpWebviewdomain: domains("Set in WeChat's console (get)", '在微信后台设置的（get）'),
    thirdWebviewdomain: domains('Set through platforms (get)', '通过第三方平台设置的（get）'),
    directWebviewdomain: domains('Set past the platform (get)', '直接设置的（get）'),
    effectiveWebviewdomain: domains('In force (get)', '生效的（get）'),
    platformWebviewdomain: v.optional(
      told("The platform's own list (get)", '第三方平台的列表（get）', platformLists()),
    ),
  }),
)

/** WeChat leaves members out, or sends null. */
const perhaps = <S extends v.GenericSchema>(schema: S) => v.optional(v.nullable(schema))
const said = (en: string, zh: string, example = 'abc') => perhaps(words(en, zh, example))
const number = (en: string, zh: string, example = 1) => perhaps(whole(en, zh, example))

const guideline = lazily(() =>
  v.object({
    codeExist: number('Whether there is code', '是否有代码'),
    privacyList: perhaps(told('Found in the code', '代码中检测到的信息', v.array(v.string()), ['UserInfo'])),
    settingList: perhaps(
      told(
        'What is collected, and what for',
        '收集的信息及用途',
        v.array(
          v.object({
            privacy_key: words("WeChat's word for the information", '信息类型', 'UserInfo'),
            privacy_text: said('What it is for', '用途'),
            privacy_label: said('Name of the information', '信息名称'),
          }),
        ),
      ),
    ),
    updateTime: number('Unix seconds', '更新时间（Unix 秒）', 1800000000),
    ownerSetting: perhaps(
      told(
        'Who answers for it',
        '开发者信息',
        v.object({
          contact_email: said('E-mail', '邮箱', 'privacy@shop.example'),
          contact_phone: said('Phone', '电话', '13800000000'),
          contact_qq: said('QQ', 'QQ', '10000'),
          contact_weixin: said('WeChat id', '微信号', 'shop'),
          notice_method: said('How users are told of changes', '通知用户的方式'),
          store_expire_timestamp: said('How long data is kept', '信息存储期限'),
          ext_file_media_id: said('A guideline text of your own', '自定义文本的 mediaid'),
        }),
      ),
    ),
    privacyDesc: perhaps(
      told(
        'What WeChat calls the information',
        '信息类型的说明',
        v.object({
          privacy_desc_list: perhaps(
            told(
              'One for each',
              '逐项说明',
              v.array(
                v.object({
                  privacy_key: words("WeChat's word for the information", '信息类型', 'UserInfo'),
                  privacy_desc: said('What it is', '说明'),
                }),
              ),
            ),
          ),
        }),
      ),
    ),
    sdkPrivacyInfoList: perhaps(told('What SDKs collect', 'SDK 收集的信息', v.array(v.object({})))),
    missing: told('Found in the code and not in the guideline', '代码需要而指引未声明的信息', v.array(v.string()), [
      'UserInfo',
    ]),
  }),
)

const info = lazily(() =>
  v.object({
    appid: words('appid of the account', '账号的 appid', 'wx1234567890abcdef'),
    accountType: number('Kind of account', '账号类型'),
    principalType: number('Kind of owner', '主体类型'),
    principalName: said('Who owns it', '主体名称', 'Demo Trading Ltd.'),
    realnameStatus: number('Real-name check', '实名验证状态'),
    nickname: said('Name', '名称', 'Demo Shop'),
    nicknameInfo: perhaps(told('Name', '名称信息', v.object({ nickname: said('Name', '名称', 'Demo Shop') }))),
    headImageInfo: perhaps(
      told(
        'Picture',
        '头像信息',
        v.object({ head_image_url: said('Its address', '头像地址', 'https://wx.qlogo.cn/a') }),
      ),
    ),
    signatureInfo: perhaps(told('Introduction', '介绍信息', v.object({ signature: said('Introduction', '介绍') }))),
    wxVerifyInfo: perhaps(told('Verification', '微信认证信息', v.object({}))),
    expInfo: perhaps(
      told(
        'Trial version',
        '体验版',
        v.object({
          exp_time: number('Unix seconds', '时间（Unix 秒）', 1800000000),
          exp_version: said('Version', '版本号', '1.4.0'),
          exp_desc: said('Description', '说明'),
        }),
      ),
    ),
    releaseInfo: perhaps(
      told(
        'Online version',
        '线上版',
        v.object({
          release_time: number('Unix seconds', '时间（Unix 秒）', 1800000000),
          release_version: said('Version', '版本号', '1.3.0'),
          release_desc: said('Description', '说明'),
        }),
      ),
    ),
    visible: yesOrNo('The online version is served', '线上版可访问'),
  }),
)

export const miniprogramOperations = {
  'miniprograms.setServerDomains': changing({
    role: 'operator',
    getRole: 'viewer',
    repeatable: true,
    summary: {
      en: 'Read or change the server domains of a mini program; the platform must have them first, unless they are set directly',
      zh: '读取或修改小程序的服务器域名；除非直接设置，第三方平台须先有这些域名',
    },
    input: { appid, action: domainAction, ...serverDomains, directly },
    example: { action: 'get' },
    output: serverAnswer,
    check: (input) => {
      const given = Object.keys(serverDomains).filter((name) => Object.hasOwn(input, name))
      if (input.action === 'get') return given[0] === undefined ? undefined : [given[0], 'NOT_WITH_GET']
      return given.length > 0 ? undefined : ['requestDomains', 'GIVE_ANY_OF', { choices: Object.keys(serverDomains) }]
    },
    run: (platform, input, { caller }) => setServerDomains(platform, caller, input),
  }),
  'miniprograms.setWebviewDomains': changing({
    role: 'operator',
    getRole: 'viewer',
    repeatable: true,
    summary: {
      en: 'Read or change the web-view domains of a mini program; the platform must have them first, unless they are set directly',
      zh: '读取或修改小程序的业务域名；除非直接设置，第三方平台须先有这些域名',
    },
    input: { appid, action: domainAction, domains: v.optional(webviewDomains), directly },
    example: { action: 'get' },
    output: webviewAnswer,
    check: domainsFit,
    run: (platform, input, { caller }) => setWebviewDomains(platform, caller, input),
  }),
  'miniprograms.setPrivacy': changing({
    role: 'operator',
    repeatable: true,
    summary: { en: 'Set the privacy guideline', zh: '设置用户隐私保护指引' },
    input: {
      appid,
      version,
      ownerSetting,
      settingList: v.optional(guidelineKeys),
      sdkPrivacyInfoList: v.optional(
        told(
          'What SDKs collect',
          'SDK 收集的信息',
          v.array(
            v.strictObject({
              sdk_name: told('Name of the SDK', 'SDK 名称', text(128), 'map'),
              sdk_biz_name: v.optional(told('Who provides it', '提供方', text(128), 'Tencent')),
              sdk_list: guidelineKeys,
            }),
          ),
        ),
      ),
    },
    example: {
      ownerSetting: { contact_email: 'privacy@shop.example', notice_method: '弹窗' },
      settingList: [{ privacy_key: 'UserInfo', privacy_text: '展示头像' }],
    },
    output: nothing,
    check: (input) => {
      const LIVE = 1
      if (input.version === LIVE && input.settingList !== undefined && input.settingList.length > 0)
        return ['settingList', 'NOT_FOR_LIVE_GUIDELINE']
      if (input.version === LIVE && input.ownerSetting.ext_file_media_id !== undefined)
        return ['ownerSetting.ext_file_media_id', 'NOT_FOR_LIVE_GUIDELINE']
      if (input.version !== LIVE && input.settingList === undefined) return ['settingList', 'REQUIRED']
      return undefined
    },
    run: (platform, input, { begunBefore }) =>
      begunBefore === undefined ? setPrivacy(platform, input) : ensurePrivacy(platform, input),
  }),
  'miniprograms.getPrivacy': reading({
    role: 'viewer',
    summary: {
      en: 'The privacy guideline, and what the committed code needs besides',
      zh: '用户隐私保护指引，以及已上传代码还需声明的信息',
    },
    input: { appid, version },
    output: guideline,
    run: (platform, input) => showPrivacy(platform, input.appid, input.version),
  }),
  'miniprograms.bindTester': changing({
    role: 'operator',
    repeatable: true,
    summary: { en: 'Let somebody open the trial version', zh: '添加体验者' },
    input: { appid, wechatId },
    output: lazily(() =>
      v.strictObject({
        userstr: v.optional(words('Names the tester in the list; keep it', '该体验者在列表中的标识，请保存', 'abc')),
      }),
    ),
    run: (platform, input) => bindTester(platform, input.appid, input.wechatId),
  }),
  'miniprograms.unbindTester': changing({
    role: 'operator',
    summary: { en: 'Take the trial version away from somebody', zh: '移除体验者' },
    input: { appid, wechatId },
    output: nothing,
    run: (platform, input, { begunBefore }) =>
      unbindTester(platform, input.appid, input.wechatId, begunBefore !== undefined),
  }),
  'miniprograms.listTesters': reading({
    role: 'viewer',
    summary: { en: 'Who may open the trial version, by userstr', zh: '体验者列表（userstr）' },
    input: { appid },
    output: lazily(() =>
      v.strictObject({
        items: told(
          'One for each tester',
          '体验者',
          v.array(v.object({ userstr: words('Names the tester', '体验者标识', 'abc') })),
        ),
      }),
    ),
    run: (platform, input) => listTesters(platform, input.appid),
  }),
  'miniprograms.info': reading({
    role: 'viewer',
    summary: { en: 'Name, subject, versions and visibility of a mini program', zh: '小程序的名称、主体、版本与可见性' },
    input: { appid },
    output: info,
    run: (platform, input) => readAccountInfo(platform, input.appid),
  }),
  'miniprograms.setVisibility': changing({
    role: 'operator',
    destructive: true,
    repeatable: true,
    summary: { en: 'Stop or resume the online version', zh: '暂停或恢复线上版' },
    input: { appid, visible: told('Whether it is served', '是否可访问', flag) },
    output: lazily(() => v.strictObject({ visible: yesOrNo('Whether it is served', '是否可访问') })),
    run: (platform, input, { begunBefore }) =>
      setVisibility(platform, input.appid, input.visible, begunBefore !== undefined),
  }),
  'miniprograms.login': reading({
    role: 'operator',
    summary: { en: "Exchange a js_code of wx.login for the user's session", zh: '用 wx.login 的 code 换取用户会话' },
    input: {
      appid,
      jsCode: told('Of wx.login, good for one exchange', 'wx.login 得到的 code，只能用一次', text(256), '0a1b2c'),
    },
    output: lazily(() =>
      v.strictObject({
        openid: words('The user in this mini program', '用户在该小程序的 openid', 'oAbc123'),
        unionid: v.optional(
          words('The user in all accounts of one open-platform account', '用户的 unionid', 'uAbc123'),
        ),
        sessionKey: words('Never send it to the mini program', '会话密钥，切勿下发给小程序', 'a1b2=='),
      }),
    ),
    run: (platform, input) => login(platform, input.appid, input.jsCode),
  }),
}
