import { defineTexts } from './language.ts'

export const merchantsTexts = defineTexts({
  title: { zh: '商户', en: 'Merchants' },
  invite: { zh: '邀请商户', en: 'Invite a merchant' },
  views: { zh: '商户视图', en: 'Views of the merchants' },
  authorized: { zh: '已授权', en: 'Authorized' },
  invited: { zh: '邀请中', en: 'Invited' },
  search: { zh: '搜索商户', en: 'Search merchants' },
  searchPlaceholder: { zh: '名称、appid 或业务编号', en: 'Name, appid or business id' },
  status: { zh: '状态', en: 'State' },
  all: { zh: '全部', en: 'All' },
  name: { zh: '名称', en: 'Name' },
  state: { zh: '状态', en: 'State' },
  missing: { zh: '缺少的权限', en: 'Missing permissions' },
  live: { zh: '线上版本', en: 'Live version' },
  noLive: { zh: '未上线', en: 'Not live' },
  insteadOf: { zh: (version: string) => `取代了 ${version}`, en: (version: string) => `in place of ${version}` },
  business: { zh: '业务编号', en: 'Business id' },
  authorizedAt: { zh: '授权时间', en: 'Authorized' },
  ship: { zh: '发布', en: 'Ship' },
  none: { zh: '还没有商户', en: 'No merchant yet' },
  noneHint: {
    zh: '生成一个授权链接发给商户，商户扫码同意后会自动出现在这里。',
    en: 'Make an authorization link and send it to a merchant, who appears here after agreeing.',
  },
  noMatch: { zh: '没有符合条件的商户', en: 'No merchant matches' },
  noMatchHint: { zh: '换个关键词，或清除筛选条件。', en: 'Try another word, or clear the filters.' },
  clear: { zh: '清除筛选', en: 'Clear the filters' },
  noInvites: { zh: '没有等待授权的邀请', en: 'No invitation is open' },
  noInvitesHint: {
    zh: '发出的授权链接在商户完成授权前显示在这里。',
    en: 'Links that you send are shown here until the merchant has authorized.',
  },
  attributes: { zh: '变量', en: 'Variables' },
  linkAgain: { zh: '再次生成链接', en: 'Make another link' },
})

export const inviteTexts = defineTexts({
  title: { zh: '邀请商户', en: 'Invite a merchant' },
  about: {
    zh: '商户打开链接、扫码同意后，小程序就交给平台代管，并绑定到这个业务编号。',
    en: 'Once the merchant opens the link and agrees, the platform looks after the mini program and ties it to this business id.',
  },
  businessId: { zh: '业务编号', en: 'Business id' },
  businessIdHint: {
    zh: '你的系统里这家商户的编号：1–64 个字母、数字或 _ . : -',
    en: 'What your own system calls this merchant: 1–64 letters, digits or _ . : -',
  },
  accountType: { zh: '账号类型', en: 'Kind of account' },
  miniprogram: { zh: '小程序', en: 'Mini program' },
  official: { zh: '公众号', en: 'Official account' },
  any: { zh: '都可以', en: 'Either' },
  attributes: { zh: '变量', en: 'Variables' },
  attributesHint: {
    zh: '每行一个「名称=值」，上传代码时填入 ext 里的 {{名称}}。例如 shopName=王记面馆',
    en: 'One "name=value" a line; a commit puts them in place of {{name}} in ext. For example shopName=Wang\'s Noodles',
  },
  attributesWrong: {
    zh: (line: string) => `「${line}」不是「名称=值」`,
    en: (line: string) => `"${line}" is not "name=value"`,
  },
  hours: { zh: '有效期', en: 'Valid for' },
  day: { zh: '1 天', en: '1 day' },
  week: { zh: '7 天', en: '7 days' },
  month: { zh: '30 天', en: '30 days' },
  create: { zh: '生成链接', en: 'Make the link' },
  ready: { zh: '把链接或二维码发给商户', en: 'Send the link or the code to the merchant' },
  readyHint: {
    zh: '请在微信或电脑浏览器里打开；必须由小程序管理员本人同意。',
    en: "To be opened in WeChat or in a computer's browser; the administrator of the mini program has to agree in person.",
  },
  qr: { zh: '授权链接的二维码', en: 'QR code of the authorization link' },
  copy: { zh: '复制链接', en: 'Copy the link' },
  expires: { zh: '有效至', en: 'Valid until' },
  open: { zh: '打开链接', en: 'Open the link' },
  another: { zh: '再邀请一家', en: 'Invite another' },
  done: { zh: '完成', en: 'Done' },
  waiting: { zh: '等待商户授权…', en: 'Waiting for the merchant…' },
  bound: { zh: (name: string) => `${name} 已完成授权`, en: (name: string) => `${name} has authorized` },
  toMerchant: { zh: '查看商户', en: 'See the merchant' },
})

export const syncTexts = defineTexts({
  sync: { zh: '与微信核对', en: 'Compare with WeChat' },
  title: { zh: '与微信的授权列表核对？', en: "Compare with WeChat's own list?" },
  consequence: {
    zh: '逐页读取微信侧的授权列表：补上缺少的商户、更新刷新令牌，并把微信确认已取消授权的商户标为「已取消授权」。商户和线上版本不受影响。',
    en: "Reads WeChat's list of authorizers page by page: adds merchants that are missing here, takes over refresh tokens, and marks those as withdrawn of whom WeChat confirms it. Merchants and live versions are not touched.",
  },
  running: { zh: '正在与微信核对', en: 'Comparing with WeChat' },
  begun: { zh: '正在读取微信侧的授权列表…', en: "Reading WeChat's list…" },
  left: {
    zh: (remaining: number, added: number) => `已新增 ${added} 个，还剩 ${remaining} 个账号…`,
    en: (remaining: number, added: number) => `${added} added; ${remaining} still to be looked at…`,
  },
  synced: {
    zh: (added: number, updated: number, revoked: number, problems: number) =>
      `核对完成：新增 ${added}，更新 ${updated}，取消 ${revoked}${problems === 0 ? '' : `，未能核对 ${problems}`}`,
    en: (added: number, updated: number, revoked: number, problems: number) =>
      `Compared: ${added} added, ${updated} updated, ${revoked} withdrawn${problems === 0 ? '' : `, ${problems} could not be looked at`}`,
  },
})

export const merchantFilterTexts = defineTexts({
  more: { zh: '筛选与排序', en: 'Filter and order' },
  origin: { zh: '线上版本来源', en: 'Live version came from' },
  here: { zh: '由本平台发布', en: 'This platform' },
  elsewhere: { zh: '他处发布', en: 'Elsewhere' },
  drifted: { zh: '本平台的版本被他处换下', en: 'Ours was taken offline' },
  liveVersion: { zh: '是', en: 'is' },
  liveVersionNot: { zh: '不是', en: 'is not' },
  liveVersionOlder: { zh: '早于', en: 'is older than' },
  neverReleased: { zh: '未上线', en: 'Nothing is live' },
  versionName: { zh: '版本号', en: 'Version' },
  versionExample: { zh: '例如 1.4.0', en: 'For example 1.4.0' },
  source: { zh: '模板来源小程序', en: 'Template made in' },
  account: { zh: '微信侧状态', en: "WeChat's state of the account" },
  ACCOUNT_WARNED: { zh: '被警告', en: 'Warned' },
  ACCOUNT_BANNED: { zh: '被封禁', en: 'Banned' },
  ACCOUNT_FROZEN: { zh: '已冻结', en: 'Frozen' },
  ACCOUNT_CLOSED: { zh: '已注销', en: 'Closed' },
  sort: { zh: '排序', en: 'Order' },
  unsorted: { zh: '按 appid', en: 'By appid' },
  name: { zh: '按名称', en: 'By name' },
  authorizedAt: { zh: '最近授权在前', en: 'Newest authorization first' },
  version: { zh: '按线上版本', en: 'By live version' },
  total: {
    zh: (count: number) => `共 ${count} 家`,
    en: (count: number) => (count === 1 ? '1 merchant' : `${count} merchants`),
  },
})
