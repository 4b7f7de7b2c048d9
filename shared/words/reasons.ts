import type { Reason } from '../reasons.ts'
import type { Words } from './params.ts'

/** Why a call was refused, and what to do. */
export const reasonWords = {
  REQUIRED: {
    message: { zh: '缺少{field}', en: '{field} is missing' },
  },
  NOT_KNOWN_HERE: {
    message: { zh: '{field}不是此操作的参数', en: '{field} is not a parameter of this operation' },
  },
  NOT_TEXT: {
    message: { zh: '{field}须为文本', en: '{field} must be text' },
  },
  NOT_NUMBER: {
    message: { zh: '{field}须为数字', en: '{field} must be a number' },
  },
  NOT_INTEGER: {
    message: { zh: '{field}须为整数', en: '{field} must be an integer' },
  },
  NOT_BOOLEAN: {
    message: { zh: '{field}须为 true 或 false', en: '{field} must be true or false' },
  },
  NOT_OBJECT: {
    message: { zh: '{field}须为对象', en: '{field} must be an object' },
  },
  NOT_LIST: {
    message: { zh: '{field}须为列表', en: '{field} must be a list' },
  },
  NOT_UNICODE: {
    message: { zh: '{field}含有无效的 Unicode 字符', en: '{field} contains invalid Unicode' },
  },
  NESTED_TOO_DEEPLY: {
    message: { zh: '{field}嵌套过深', en: '{field} is nested too deeply' },
  },
  NAME_NOT_ALLOWED: {
    message: { zh: '不允许使用{field}这样的名称', en: '{field} is not an allowed name' },
  },
  EMPTY: {
    message: { zh: '{field}不能为空', en: '{field} must not be empty' },
  },
  TOO_SHORT: {
    message: { zh: '{field}至少要有 {min} 个字符', en: '{field} is too short: the minimum length is {min}' },
  },
  TOO_LONG: {
    message: { zh: '{field}最多 {max} 个字符', en: '{field} is too long: the maximum length is {max}' },
  },
  TOO_SMALL: {
    message: { zh: '{field}不能小于 {min}', en: '{field} must be at least {min}' },
  },
  TOO_LARGE: {
    message: { zh: '{field}不能大于 {max}', en: '{field} must be at most {max}' },
  },
  TOO_FEW: {
    message: { zh: '{field}至少要有 {min} 项', en: '{field} needs at least {min} item(s)' },
  },
  TOO_MANY: {
    message: { zh: '{field}最多 {max} 项', en: '{field} can have at most {max} items' },
  },
  NOT_ONE_OF: {
    message: { zh: '{field}只能是：{choices}', en: '{field} must be one of: {choices}' },
  },
  MALFORMED: {
    message: { zh: '{field}格式不正确', en: '{field} is malformed' },
    hint: { zh: '正确示例：{example}', en: 'A valid example: {example}' },
  },
  BAD_CURSOR: {
    message: { zh: '分页游标无效', en: 'The cursor is not valid for this list' },
    hint: { zh: '请去掉 cursor，从第一页重新读取。', en: 'Start again from the first page, without a cursor.' },
  },
  BODY_TOO_LARGE: {
    message: { zh: '请求体过大', en: 'The request body is too large' },
    hint: { zh: '请求体最大 {kilobytes} KB。', en: 'A body may have at most {kilobytes} KB.' },
  },
  BODY_NOT_JSON: {
    message: { zh: '请求体不是有效的 JSON', en: 'The request body is not valid JSON' },
    hint: { zh: '请以 JSON 对象作为请求体。', en: 'Send a JSON object as the body.' },
  },
  METHOD_NOT_ALLOWED: {
    message: { zh: '调用操作须使用 POST', en: 'Operations are called with POST' },
    hint: {
      zh: '请用 POST /api/v1/<操作名>，并以 JSON 传入参数。',
      en: 'Use POST /api/v1/<operation> with the input as JSON.',
    },
  },
  NOT_HTTP_REQUEST: {
    message: { zh: '收到的事件不是 HTTP 请求', en: 'The event is not an HTTP request' },
    hint: { zh: '请通过 HTTP 访问地址调用此函数。', en: 'Call this function through its HTTP address.' },
  },
  NO_IDENTITY: {
    message: { zh: '调用者身份未知', en: 'The caller is not identified' },
    hint: {
      zh: '请从管理小程序或已登录的网页调用，或附上 apiKey。',
      en: 'Call from the admin mini program or a signed-in web page, or pass an apiKey.',
    },
  },
  KEY_NOT_ACCEPTED: {
    message: {
      zh: 'API 密钥缺失、不存在、已撤销或已过期',
      en: 'The API key is missing, unknown, revoked or expired',
    },
    hint: {
      zh: '请所有者用 apiKeys.create 新建密钥，并以 Authorization: Bearer <密钥> 发送。',
      en: 'Have an owner create a key with apiKeys.create and send it as Authorization: Bearer <key>.',
    },
    consoleHint: {
      zh: '请检查密钥，或请所有者在「设置」中新建一个。',
      en: 'Check the key, or ask an owner to create a new one under Settings.',
    },
  },
  NO_ROLE: {
    message: { zh: '此账号没有平台权限', en: 'This account has no role on the platform' },
    hint: {
      zh: '请所有者用 admins.put 添加此账号，id 为 {id}。',
      en: 'Ask an owner to add it with admins.put, id {id}.',
    },
    consoleHint: {
      zh: '请所有者在「设置」的管理员中添加此账号：{id}',
      en: 'Ask an owner to add this account to the admins under Settings: {id}',
    },
  },
  ROLE_TOO_LOW: {
    message: {
      zh: '此操作需要{needed:role}权限，当前为{role:role}',
      en: 'This needs the role {needed:role}; the caller is {role:role}',
    },
    hint: {
      zh: '请所有者用 admins.put 调整角色，或使用权限更高的 API 密钥。',
      en: 'Ask an owner to raise the role with admins.put, or use an API key with a higher role.',
    },
    consoleHint: { zh: '请所有者调整你的角色。', en: 'Ask an owner to raise your role.' },
  },
  OPERATION_NOT_COVERED: {
    message: { zh: '此 API 密钥不能调用 {operation}', en: 'This API key may not call {operation}' },
    hint: {
      zh: '请使用允许此操作的密钥。',
      en: 'Use a key that allows this operation.',
    },
  },
  APPIDS_NOT_COVERED: {
    message: {
      zh: '此 API 密钥只能操作指定的 appid',
      en: 'This API key is limited to certain appids',
    },
    hint: {
      zh: '请在参数中只填写密钥允许的 appid，或换用其他密钥。',
      en: 'Name only appids that the key allows, or use another key.',
    },
  },
  KEY_BEYOND_ITS_MAKER: {
    message: {
      zh: '新密钥的权限不能超过创建它的密钥',
      en: 'A new key cannot allow more than the key that creates it',
    },
    hint: {
      zh: '请把新密钥限制在当前密钥允许的范围内。',
      en: 'Limit the new key to what the present key allows.',
    },
  },
  NOT_OVER_HTTP: {
    message: { zh: '此函数不能通过 HTTP 调用', en: 'This function is not available over HTTP' },
    hint: {
      zh: '业务服务器请使用 POST /api/v1/<操作名>。',
      en: 'Business servers use POST /api/v1/<operation>.',
    },
  },
  ONLY_OVER_HTTP: {
    message: { zh: '此函数只能通过 HTTP 调用', en: 'This function is available over HTTP only' },
  },
  ONLY_BY_TIMER: {
    message: { zh: '此函数只能由定时触发器调用', en: 'Only the timer may call this function' },
  },
  UNKNOWN_OPERATION: {
    message: { zh: '没有这个操作', en: 'There is no such operation' },
    hint: {
      zh: '全部操作见 docs/operations.md 和 GET /api/v1/openapi.json。',
      en: 'All operations are in docs/operations.md and at GET /api/v1/openapi.json.',
    },
  },
  ACCOUNT_UNKNOWN: {
    message: { zh: '此账号尚未授权给本平台', en: 'This account has not authorized the platform' },
    hint: {
      zh: '请核对 appid；若商户还未授权，用 bindings.createLink 生成授权链接发给商户。',
      en: 'Check the appid. If the merchant has not authorized yet, send a link made with bindings.createLink.',
    },
    consoleHint: {
      zh: '请核对 appid；若商户还未授权，点「邀请商户」生成授权链接。',
      en: 'Check the appid. If the merchant has not authorized yet, choose Invite a merchant.',
    },
  },
  NOT_AT_WECHAT: {
    message: { zh: '微信没有找到对应的内容', en: 'WeChat does not have this' },
    hint: { zh: '请核对参数中的 ID。', en: 'Check the ids in the input.' },
  },
  CALL_UNDER_WAY: {
    message: { zh: '相同的调用正在进行', en: 'The same call is still under way' },
    hint: { zh: '请稍后用同一个幂等键重试。', en: 'Try again in a moment with the same idempotency key.' },
    consoleHint: { zh: '请稍后重试。', en: 'Try again in a moment.' },
  },
  KEY_REUSED: {
    message: {
      zh: '此幂等键已用于参数不同的调用',
      en: 'This idempotency key was used with a different input',
    },
    hint: { zh: '新的调用请使用新的幂等键。', en: 'Use a new key for a new call.' },
  },
  ANSWER_NOT_KEPT: {
    message: {
      zh: '此调用已完成，但结果过大，没有保存',
      en: 'This call was completed, but its answer was too large to keep',
    },
    hint: {
      zh: '请查询当前状态；如需再次执行，使用新的幂等键。',
      en: 'Read the present state. To run it again, use a new idempotency key.',
    },
  },
  VERSION_UNDER_REVIEW: {
    message: { zh: '已有版本在审核中', en: 'A version is already under review' },
    hint: {
      zh: '请等待审核结果，或先用 releases.withdraw 撤回。',
      en: 'Wait for the result, or withdraw it first with releases.withdraw.',
    },
    consoleHint: { zh: '请等待审核结果，或先撤回审核。', en: 'Wait for the result, or withdraw the review first.' },
  },
  STATE_AT_WECHAT: {
    message: { zh: '微信侧的当前状态不允许此操作', en: 'The present state at WeChat does not allow this' },
    hint: { zh: '请先查询当前状态。', en: 'Read the present state first.' },
  },
  ACCOUNT_CLOSED: {
    message: { zh: '微信显示此帐号已注销', en: 'WeChat says that this account was closed' },
    hint: {
      zh: '请与商户确认；注销后的小程序不能再发布，可用 bindings.unbind 解除绑定。',
      en: 'Ask the merchant. A closed account takes no code any more; bindings.unbind ends its binding.',
    },
    consoleHint: {
      zh: '请与商户确认；注销后的小程序不能再发布，可解除绑定。',
      en: 'Ask the merchant. A closed account takes no code any more; its binding can be ended.',
    },
  },
  ACCOUNT_BANNED: {
    message: { zh: '微信显示此帐号已被封禁', en: 'WeChat says that this account is banned' },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）查看违规通知并申诉；解封前不会向它提交或发布。',
      en: 'The merchant finds the notice on mp.weixin.qq.com and may appeal. Nothing is sent to it until the ban is lifted.',
    },
  },
  ACCOUNT_FROZEN: {
    message: { zh: '微信显示此帐号已被冻结', en: 'WeChat says that this account is frozen' },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）按提示解冻；解冻前不会向它提交或发布。',
      en: 'The merchant follows the notice on mp.weixin.qq.com. Nothing is sent to it until it is unfrozen.',
    },
  },
  ACCOUNT_WARNED: {
    message: { zh: '微信警告了此帐号', en: 'WeChat has warned this account' },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）查看违规通知，以免被封禁。',
      en: 'The merchant finds the notice on mp.weixin.qq.com and should act before it is banned.',
    },
  },
  TICKET_REFUSED: {
    message: { zh: '微信不接受当前的 ticket', en: 'WeChat does not accept the present ticket' },
    hint: {
      zh: '请等待下一次推送（约 10 分钟）；仍失败时核对授权事件接收 URL、消息校验 Token 和消息加解密 Key。',
      en: 'Wait for the next one (about 10 minutes). If it still fails, check the authorization event URL (授权事件接收 URL), the message token and the EncodingAESKey.',
    },
  },
  NO_TICKET: {
    message: {
      zh: '没有可用的 ticket，无法获取平台令牌',
      en: 'There is no usable ticket, so no platform token can be had',
    },
    hint: {
      zh: '微信约每 10 分钟推送一次 ticket。请核对授权事件接收 URL、消息校验 Token 和消息加解密 Key，并运行 npm run doctor。',
      en: 'WeChat pushes a ticket about every 10 minutes. Check the authorization event URL (授权事件接收 URL), the message token and the EncodingAESKey, and run npm run doctor.',
    },
  },
  AUTHORIZATION_WITHDRAWN: {
    message: { zh: '商户已取消授权', en: 'The merchant withdrew the authorization' },
    hint: {
      zh: '请用 bindings.createLink 生成新的授权链接，让商户重新授权。',
      en: 'Send the merchant a new authorization link (bindings.createLink).',
    },
    consoleHint: {
      zh: '请生成新的授权链接，让商户重新授权。',
      en: 'Send the merchant a new authorization link.',
    },
  },
  AUTHORIZATION_NOT_ACCEPTED: {
    message: { zh: '微信不再接受此账号的授权', en: 'WeChat no longer accepts the authorization of this account' },
    hint: {
      zh: '请用 bindings.createLink 生成新的授权链接，让商户重新授权。',
      en: 'Send the merchant a new authorization link (bindings.createLink).',
    },
    consoleHint: {
      zh: '请生成新的授权链接，让商户重新授权。',
      en: 'Send the merchant a new authorization link.',
    },
  },
  PERMISSION_SET_MISSING: {
    message: {
      zh: '商户没有授予所需的权限集[[：{sets:permissionSet}]]',
      en: 'The merchant has not granted the permission set that this needs[[: {sets:permissionSet}]]',
    },
    hint: {
      zh: '请商户通过新的授权链接（bindings.createLink）勾选该权限集；它也须先在开放平台控制台选中并全网发布。',
      en: 'Have the merchant tick it through a new link (bindings.createLink). The platform must have it chosen in the open platform console and published (全网发布).',
    },
    consoleHint: {
      zh: '请商户通过新的授权链接勾选该权限集；它也须先在开放平台控制台选中并全网发布。',
      en: 'Have the merchant tick it through a new authorization link. The platform must have it chosen in the open platform console and published.',
    },
  },
  TOO_MANY_CALLS: {
    message: { zh: '调用过于频繁', en: 'Too many calls' },
    hint: {
      zh: '每分钟最多 {perMinute} 次，请稍后重试。',
      en: 'At most {perMinute} calls a minute; try again shortly.',
    },
  },
  REVIEW_QUOTA_USED_UP: {
    message: { zh: '平台本月的提审额度已用完', en: "The platform's review quota for this month is used up" },
    hint: {
      zh: '下月自动恢复；急用可在开放平台控制台申请临时额度。',
      en: 'It is renewed next month; the open platform console may grant more before that.',
    },
  },
  WECHAT_QUOTA_USED_UP: {
    message: { zh: '微信的调用额度已用完', en: "WeChat's quota for this is used up" },
    hint: { zh: '请稍后重试。', en: 'Try again later.' },
  },
  WECHAT_REFUSED: {
    message: { zh: '微信拒绝了请求', en: 'WeChat refused the request' },
    hint: { zh: '请查看 errmsg。', en: 'See errmsg.' },
  },
  UNKNOWN_ERRCODE: {
    message: {
      zh: '微信返回了未知的错误码 {errcode}',
      en: 'WeChat refused the request with an unknown errcode, {errcode}',
    },
    hint: {
      zh: '请在微信的全局返回码文档中查找此错误码；errmsg 中的 rid 可用于排查。',
      en: "Look it up in WeChat's list of global error codes; the rid in errmsg identifies the call.",
    },
  },
  WECHAT_UNREACHABLE: {
    message: { zh: '微信接口暂时无法访问', en: 'WeChat cannot be reached at the moment' },
    hint: { zh: '请稍后重试。', en: 'Try again in a moment.' },
  },
  WECHAT_PAUSED: {
    message: {
      zh: '微信接口刚才连续失败，已暂停调用',
      en: 'Calls to this part of WeChat are paused because it has just failed several times',
    },
    hint: { zh: '请一分钟后重试。', en: 'Try again in a minute.' },
  },
  OUTCOME_UNKNOWN: {
    message: {
      zh: '微信没有应答，请求可能已经生效',
      en: 'WeChat did not answer; the request may have taken effect',
    },
    hint: {
      zh: '请先查询当前状态；仍需执行时，使用新的幂等键重新调用。',
      en: 'Read the present state. If the call is still needed, make it with a new idempotency key.',
    },
    consoleHint: {
      zh: '请先查看当前状态，确认没有生效后再操作一次。',
      en: 'Check the present state first; repeat it only if nothing changed.',
    },
  },
  OUTCOME_PENDING: {
    message: { zh: '微信还没有给出结果', en: 'The outcome at WeChat is not known yet' },
    hint: {
      zh: '系统会在 2 分钟内核实；请用同一个幂等键重试以获得结果。',
      en: 'It is settled within 2 minutes; try again with the same idempotency key.',
    },
    consoleHint: { zh: '系统会在 2 分钟内核实，请稍后刷新。', en: 'It is settled within 2 minutes; reload then.' },
  },
  DATABASE_SLOW: {
    message: { zh: '数据库响应超时', en: 'The database took too long' },
    hint: { zh: '请稍后重试。', en: 'Try again in a moment.' },
  },
  DATABASE_REFUSED: {
    message: { zh: '数据库没有完成请求[[（{code}）]]', en: 'The database did not carry out the request[[ ({code})]]' },
    hint: { zh: '请稍后重试。', en: 'Try again in a moment.' },
  },
  DATABASE_LIMIT: {
    message: { zh: '数据库达到了套餐限制（{code}）', en: 'The database has reached a limit of its plan ({code})' },
    hint: {
      zh: '请稍后重试；若经常出现，请升级云开发套餐。',
      en: 'Try again shortly. If it happens often, upgrade the CloudBase plan.',
    },
  },
  COLLECTION_MISSING: {
    message: { zh: '数据库缺少集合', en: 'A collection is missing in the database' },
    hint: {
      zh: '请重新运行部署命令，它会创建全部集合。',
      en: 'Run the deploy command again: it creates every collection.',
    },
  },
  VARIABLE_NOT_SET: {
    message: { zh: '未设置环境变量 {variable}', en: 'The environment variable {variable} is not set' },
    hint: {
      zh: '请为云函数设置 {variable} 后重新部署。',
      en: 'Set {variable} for the functions and deploy again.',
    },
  },
  VARIABLE_MALFORMED: {
    message: { zh: '环境变量 {variable} 格式不正确', en: 'The environment variable {variable} is malformed' },
    hint: {
      zh: '请按运维指南修正 {variable} 后重新部署。',
      en: 'Correct {variable} as the operating guide describes and deploy again.',
    },
  },
  SEAL_KEY_MISSING: {
    message: {
      zh: 'SEAL_KEYS 中缺少曾用于加密已存数据的密钥',
      en: 'SEAL_KEYS lacks a key that stored data was sealed with',
    },
    hint: {
      zh: '请把旧密钥放回 SEAL_KEYS 末尾，直到 refreshTokens 用新密钥重新加密完毕。',
      en: 'Put the former key back at the end of SEAL_KEYS until refreshTokens has sealed everything again.',
    },
  },
  ADDRESS_NOT_ALLOWED: {
    message: {
      zh: '微信拒绝来自此 IP 的调用[[：{address}]]',
      en: 'WeChat does not allow calls from this IP address[[: {address}]]',
    },
    hint: {
      zh: '请把[[ {address} 即]]云函数的固定出口 IP 加入开放平台的白名单 IP 地址列表，并全网发布。',
      en: 'Add the fixed egress IP of the functions[[, {address},]] to the IP whitelist in the open platform console, and publish (全网发布).',
    },
  },
  BUG: {
    message: { zh: '平台内部出错', en: 'Something went wrong inside the platform' },
    hint: {
      zh: '请用 requestId 在日志中查找详情。',
      en: 'The log has the details under this requestId.',
    },
  },
} as const satisfies Readonly<Record<Reason, Words>>

export type ReasonWords = typeof reasonWords
