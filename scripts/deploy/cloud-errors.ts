import { codeOf, DeployError, isOffline, messageOf, type Words } from './words.ts'

const keysPage = 'https://console.cloud.tencent.com/cam/capi'

const offline: readonly [Words, Words] = [
  { zh: '网络不通', en: 'no connection' },
  {
    zh: '检查本机网络与代理后重试；npm run deploy -- --dry-run 可离线查看计划',
    en: "check this machine's network and proxy; npm run deploy -- --dry-run shows the plan offline",
  },
]

const cures: readonly (readonly [RegExp, Words, Words])[] = [
  [
    /^AuthFailure/,
    { zh: '腾讯云不接受这个密钥', en: 'Tencent Cloud does not accept this key' },
    {
      zh: `核对 .env 中的 TENCENTCLOUD_SECRETID 与 TENCENTCLOUD_SECRETKEY：${keysPage}；并校准本机时钟`,
      en: `compare TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY in .env with ${keysPage}, and set this machine's clock`,
    },
  ],
  [
    /^(?:UnauthorizedOperation|OperationDenied)/,
    { zh: '这个密钥没有所需权限', en: 'this key lacks a permission' },
    {
      zh: '访问管理 → 用户 → 关联策略：QcloudTCBFullAccess、QcloudSCFFullAccess',
      en: 'give the sub-user the policies QcloudTCBFullAccess and QcloudSCFFullAccess',
    },
  ],
  [
    /^(?:ResourceNotFound|InvalidParameter\.EnvId|InvalidEnv|FailedOperation\.EnvNotFound)/,
    { zh: '找不到所要的资源', en: 'the cloud does not find it' },
    {
      zh: '核对 .env 中的 ENV_ID，以及 cloudbaserc.json 中的 region',
      en: 'compare ENV_ID in .env with the console, and the region in cloudbaserc.json',
    },
  ],
  [
    /^(?:HOSTING_|AccessDenied|NoSuchBucket)/,
    { zh: '控制台未能上传到静态网站托管', en: 'the console could not be put into static hosting' },
    {
      zh: '访问管理 → 用户 → 关联策略 QcloudCOSDataFullControl；其余部分已部署完成',
      en: 'give the sub-user the policy QcloudCOSDataFullControl; everything else is deployed',
    },
  ],
  [
    /LimitExceeded/,
    { zh: '超过频率或配额限制', en: 'a rate or a quota of the plan is used up' },
    { zh: '稍后重新执行；或升级套餐', en: 'run it again later, or choose a larger plan' },
  ],
]

const other: readonly [Words, Words] = [
  { zh: '云开发未能完成请求', en: 'the cloud did not do it' },
  {
    zh: '重新执行 npm run deploy，会从未完成处继续',
    en: 'run npm run deploy again; it goes on where it stopped',
  },
]

/** Says what a refusal of the cloud means and what to do; keys never appear in one. */
export function describeCloudError(error: unknown): DeployError {
  if (error instanceof DeployError) return error
  const code = codeOf(error)
  const said = `${code === '' ? '' : `${code}: `}${messageOf(error)}`
  const known = cures.find(([form]) => form.test(code))
  const [what, cure] = isOffline(error) ? offline : known ? [known[1], known[2]] : other
  return new DeployError({ zh: what.zh, en: `${what.en} (${said})` }, cure, error)
}
