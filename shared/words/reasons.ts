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
    message: { zh: '{field}至少要有 {min} 个字符', en: '{field} must have at least {min} characters' },
  },
  TOO_LONG: {
    message: { zh: '{field}最多 {max} 个字符', en: '{field} must have at most {max} characters' },
  },
  TOO_SMALL: {
    message: { zh: '{field}不能小于 {min}', en: '{field} must be at least {min}' },
  },
  TOO_LARGE: {
    message: { zh: '{field}不能大于 {max}', en: '{field} must be at most {max}' },
  },
  TOO_FEW: {
    message: { zh: '{field}至少要有 {min} 项', en: '{field} has too few items: the minimum is {min}' },
  },
  TOO_MANY: {
    message: { zh: '{field}最多 {max} 项', en: '{field} has too many items: the maximum is {max}' },
  },
  STANDS_TWICE: {
    message: { zh: '{field}与前面的重复', en: '{field} repeats an earlier entry' },
  },
  NOT_ONE_OF: {
    message: { zh: '{field}只能是：{choices}', en: '{field} must be one of: {choices}' },
  },
  MALFORMED: {
    message: { zh: '{field}格式不正确', en: '{field} is malformed' },
    hint: { zh: '[[正确示例：{example}]]', en: '[[A valid example: {example}]]' },
  },
  CHARACTERS_NOT_ALLOWED: {
    message: {
      zh: '{field}须为 1 至 {max} 个字符，只能使用 {allowed}',
      en: '{field} must be 1 to {max} characters long, using only {allowed}',
    },
  },
  CONTROL_CHARACTERS: {
    message: { zh: '{field}不能含有控制字符', en: '{field} must not contain control characters' },
  },
  NOT_PLAIN_JSON: {
    message: {
      zh: '{field}须为普通的 JSON，最多嵌套 {levels} 层',
      en: '{field} must be plain JSON, nested at most {levels} levels deep',
    },
  },
  NOT_SCALAR: {
    message: { zh: '{field}须为文本、数字、true 或 false', en: '{field} must be text, a number, true or false' },
  },
  BODY_WITH_GET: {
    message: { zh: 'GET 请求不能带 body', en: 'A GET request cannot have a body' },
    hint: { zh: '请去掉 body，或用 POST。', en: 'Leave body out, or use POST.' },
  },
  CREDENTIAL_GIVEN: {
    message: { zh: '不能传入凭据：{field}', en: 'Credentials are not accepted: {field}' },
    hint: { zh: '请去掉它；令牌由平台添加。', en: 'Leave it out; the platform adds the token.' },
  },
  BUSINESS_NOT_BOUND: {
    message: { zh: '{field}没有绑定小程序', en: '{field} is not bound to a mini program' },
    hint: {
      zh: '请去掉它，或先让商户授权；绑定见 bindings.list。',
      en: 'Leave it out, or have the merchant authorize first; bindings.list shows what is bound.',
    },
    consoleHint: { zh: '请去掉它，或先让商户授权。', en: 'Leave it out, or have the merchant authorize first.' },
  },
  GIVE_ONE_OF: {
    message: { zh: '须从 {choices} 中选填一个', en: 'Give exactly one of {choices}' },
  },
  GIVE_ANY_OF: {
    message: { zh: '须至少填写 {choices} 中的一个', en: 'Give at least one of {choices}' },
  },
  FEEDBACK_MALFORMED: {
    message: {
      zh: '{field}须为最多 {max} 个字符的文本，或含 feedback_info、feedback_stuff 的对象',
      en: '{field} must be text of at most {max} characters, or an object with feedback_info and feedback_stuff',
    },
  },
  NOT_ASCENDING: {
    message: { zh: '{field}的各个值须递增', en: 'The values of {field} must ascend' },
  },
  LAST_NOT_100: {
    message: { zh: '{field}的最后一个值须为 100', en: 'The last value of {field} must be 100' },
  },
  QUIET_HOURS_EMPTY: {
    message: {
      zh: '{field}不能与开始时间相同：静默时段不能为零，也不能是一整天',
      en: '{field} must differ from the start time: quiet hours can be neither empty nor a whole day',
    },
  },
  NOT_WITH_GET: {
    message: { zh: 'action 为 get 时不能填写{field}', en: '{field} is not allowed when action is get' },
  },
  NOT_FOR_LIVE_GUIDELINE: {
    message: {
      zh: '修改线上版本的用户隐私保护指引时不能填写{field}',
      en: '{field} is not allowed for the privacy guideline of the live version',
    },
    hint: { zh: '请把 version 设为 2。', en: 'Set version to 2.' },
  },
  CONTACT_MISSING: {
    message: {
      zh: '{field}缺少联系方式',
      en: '{field} has no contact details',
    },
    hint: {
      zh: '请至少填写 contact_email、contact_phone、contact_qq、contact_weixin 中的一项。',
      en: 'Give at least one of contact_email, contact_phone, contact_qq and contact_weixin.',
    },
  },
  NOT_A_DOMAIN: {
    message: {
      zh: '{field}须为不带路径的域名，例如 www.example.com',
      en: '{field} must be a domain without a path, such as www.example.com',
    },
  },
  DOMAIN_SCHEME: {
    message: {
      zh: '{field}若带协议，须为 {schemes}',
      en: 'The scheme of {field}, if there is one, must be {schemes}',
    },
  },
  DOMAIN_IS_IP: {
    message: { zh: '{field}须为域名，不能是 IP 地址', en: '{field} must be a domain, not an IP address' },
  },
  DOMAIN_OF_WECHAT: {
    message: {
      zh: '{field}不能是 api.weixin.qq.com',
      en: '{field} must not be api.weixin.qq.com',
    },
    hint: { zh: '请通过自己的服务器调用微信接口。', en: 'Call WeChat from your own server.' },
  },
  PORT_NOT_ALLOWED: {
    message: { zh: '{field}不能带端口', en: '{field} must not have a port' },
  },
  PORT_IMPOSSIBLE: {
    message: { zh: '{field}的端口无效', en: 'The port of {field} is not valid' },
  },
  MALFORMED_KEY: {
    message: { zh: '幂等键须为 1 至 128 个字符', en: 'An idempotency key must have 1 to 128 characters' },
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
      en: 'Call from the admins’ mini program or a signed-in web page, or pass an apiKey.',
    },
  },
  KEY_NOT_ACCEPTED: {
    message: {
      zh: 'API 密钥缺失、不存在、已吊销或已过期',
      en: 'The API key is missing, unknown, revoked or expired',
    },
    hint: {
      zh: '请所有者用 apiKeys.create 新建密钥，并以 Authorization: Bearer <密钥> 发送。',
      en: 'Have an owner create a key with apiKeys.create and send it as Authorization: Bearer <key>.',
    },
    consoleHint: {
      zh: '请检查密钥，或请所有者在「设置 › API 密钥」中新建一个。',
      en: 'Check the key, or ask an owner to create a new one under Settings › API keys.',
    },
  },
  SESSION_NOT_ACCEPTED: {
    message: { zh: '登录已结束', en: 'This session has ended' },
    hint: { zh: '请重新扫码登录。', en: 'Sign in again.' },
  },
  NOT_A_PERSON: {
    message: {
      zh: '此操作只能由本人在管理小程序中完成',
      en: 'Only a person in the admins’ mini program may do this',
    },
  },
  ORIGIN_NOT_ALLOWED: {
    message: { zh: '不允许从这个网页调用', en: 'Pages from this origin may not call the API' },
    hint: {
      zh: '请把来源写入 API_CORS_ORIGINS 后重新部署。',
      en: 'Add the origin to API_CORS_ORIGINS and deploy again.',
    },
  },
  SIGN_IN_CODE_FOREIGN: {
    message: { zh: '这不是本平台的登录二维码', en: 'This is not a sign-in QR code of this platform' },
    hint: { zh: '请扫描控制台登录页上的二维码。', en: 'Scan the QR code on the console’s sign-in page.' },
  },
  CHECK_WRONG: {
    message: { zh: '两位数字不正确，该二维码已失效', en: 'The two digits are wrong; the QR code is no longer valid' },
    hint: {
      zh: '请在控制台上换一个二维码，再输入它旁边的数字。',
      en: 'Get a new QR code in the console and type the digits beside it.',
    },
  },
  SIGN_IN_OVER: {
    message: { zh: '二维码已过期', en: 'The QR code has expired' },
    hint: { zh: '请在控制台上换一个二维码。', en: 'Get a new QR code in the console.' },
  },
  SIGN_IN_DECIDED: {
    message: { zh: '该二维码已经用过', en: 'The QR code has already been used' },
    hint: { zh: '请在控制台上换一个二维码。', en: 'Get a new QR code in the console.' },
  },
  CONFIRMATION_NEEDED: {
    message: {
      zh: '这只是计划，还没有执行',
      en: 'This is a plan; nothing was done',
    },
    hint: {
      zh: '请把计划给用户看；同意后，10 分钟内用同样的输入和 confirmation 再调用一次[[（还须先由管理员同意 {confirmationId}）]]。',
      en: 'Show it to the user. If they agree, call once more with the same input and the confirmation within 10 minutes[[, after an admin has approved {confirmationId}]].',
    },
  },
  CONFIRMATION_NOT_VALID: {
    message: {
      zh: '这个 confirmation 不属于此密钥、此工具或此输入',
      en: 'This confirmation is not for this key, this tool or this input',
    },
    hint: {
      zh: '请不带 confirmation 调用一次，得到新的计划。',
      en: 'Call without it for a new plan.',
    },
  },
  CONFIRMATION_WAITING: {
    message: { zh: '管理员还没有同意', en: 'No admin has approved it yet' },
    hint: {
      zh: '请等管理员在控制台或管理小程序中点「同意」，再用同样的输入和 confirmation 调用。',
      en: 'Wait until an admin approves it in the console or the admins’ mini program, then repeat the call with the same input and confirmation.',
    },
  },
  CONFIRMATION_DENIED: {
    message: { zh: '管理员拒绝了这个计划', en: 'An admin refused this plan' },
  },
  CONFIRMATION_DECIDED: {
    message: { zh: '这个计划已经处理过', en: 'This plan has already been approved or refused' },
  },
  CONFIRMATION_OVER: {
    message: { zh: 'confirmation 已过期', en: 'The confirmation has expired' },
    hint: { zh: '请不带 confirmation 调用一次，得到新的计划。', en: 'Call without it for a new plan.' },
  },
  CONFIRMATION_USED: {
    message: { zh: '这个 confirmation 已经用过', en: 'This confirmation has been used' },
    hint: {
      zh: '请先查看结果；仍需执行时，不带 confirmation 调用一次，得到新的计划。',
      en: 'Check the result first. To run it again, call without the confirmation for a new plan.',
    },
  },
  CONFIRMATION_UNKNOWN: {
    message: { zh: '没有这个计划', en: 'There is no such plan' },
    hint: { zh: '等待确认的计划见 confirmations.list。', en: 'confirmations.list shows the plans awaiting approval.' },
  },
  WORLD_CHANGED: {
    message: {
      zh: '制定计划之后情况变了，没有执行',
      en: 'Things changed after the plan was made; nothing was done',
    },
    hint: {
      zh: '请不带 confirmation 调用一次，得到新的计划。',
      en: 'Call without the confirmation for a new plan.',
    },
  },
  SESSION_UNKNOWN: {
    message: { zh: '没有这个登录会话', en: 'There is no such session' },
    hint: { zh: '会话列表见 sessions.list。', en: 'See sessions.list.' },
  },
  NO_ROLE: {
    message: { zh: '此账号没有平台权限', en: 'This account has no role on the platform' },
    hint: {
      zh: '请所有者用 admins.put 添加此账号，id 为 {id}。',
      en: 'Ask an owner to add it with admins.put, id {id}.',
    },
    consoleHint: {
      zh: '请所有者在「设置 › 成员」中添加此账号：{id}',
      en: 'Ask an owner to add this account under Settings › People: {id}',
    },
  },
  ROLE_TOO_LOW: {
    message: {
      zh: '此操作需要{needed:role}权限，当前为{role:role}',
      en: 'This requires the role “{needed:role}”; the caller is “{role:role}”',
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
      en: 'Use only appids that the key allows, or use another key.',
    },
  },
  KEY_BEYOND_ITS_MAKER: {
    message: {
      zh: '新密钥的权限不能超过创建它的密钥',
      en: 'A new key cannot allow more than the key that creates it',
    },
    hint: {
      zh: '请把新密钥限制在当前密钥允许的范围内。',
      en: 'Limit the new key to what the current key allows.',
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
      en: 'Check the appid. If the merchant has not authorized yet, send them a link made with bindings.createLink.',
    },
    consoleHint: {
      zh: '请核对 appid；若商户还未授权，点「邀请商户」生成授权链接。',
      en: 'Check the appid. If the merchant has not authorized yet, choose Invite a merchant.',
    },
  },
  NOT_AT_WECHAT: {
    byErrcode: true,
    message: { zh: '微信没有找到对应的内容', en: 'WeChat cannot find this' },
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
    hint: { zh: '新的调用请使用新的幂等键。', en: 'Use a new idempotency key for a new call.' },
  },
  ANSWER_NOT_KEPT: {
    message: {
      zh: '此调用已完成，但结果过大，没有保存',
      en: 'This call was completed, but its answer was too large to keep',
    },
    hint: {
      zh: '请查询当前状态；如需再次执行，使用新的幂等键。',
      en: 'Check the current state. To run it again, use a new idempotency key.',
    },
  },
  VERSION_UNDER_REVIEW: {
    message: { zh: '已有版本在审核中', en: 'A version is already under review' },
    hint: {
      zh: '请等待审核结果，或先用 releases.withdraw 撤回审核。',
      en: 'Wait for the result, or withdraw the review first with releases.withdraw.',
    },
    consoleHint: { zh: '请等待审核结果，或先撤回审核。', en: 'Wait for the result, or withdraw the review first.' },
  },
  STATE_AT_WECHAT: {
    byErrcode: true,
    message: { zh: '微信侧的当前状态不允许此操作', en: 'WeChat does not allow this in the current state' },
    hint: { zh: '请先查询当前状态。', en: 'Check the current state first.' },
  },
  ACCOUNT_CLOSED: {
    message: { zh: '微信显示此账号已注销', en: 'WeChat says that this account was closed' },
    hint: {
      zh: '请与商户确认；注销后的小程序不能再发布，可用 bindings.unbind 解除绑定。',
      en: 'Check with the merchant. A closed account can no longer receive code; bindings.unbind ends its binding.',
    },
    consoleHint: {
      zh: '请与商户确认；注销后的小程序不能再发布，可解除绑定。',
      en: 'Check with the merchant. A closed account can no longer receive code; choose Unbind to end its binding.',
    },
  },
  ACCOUNT_BANNED: {
    message: { zh: '微信显示此账号已被封禁', en: 'WeChat says that this account is banned' },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）查看违规通知并申诉；解封前平台不会为它上传代码、提审或发布。',
      en: 'Have the merchant read the notice on mp.weixin.qq.com and appeal there. Nothing is committed, submitted or released for this account until the ban is lifted.',
    },
  },
  ACCOUNT_FROZEN: {
    message: { zh: '微信显示此账号已被冻结', en: 'WeChat says that this account is frozen' },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）按提示解冻；解冻前平台不会为它上传代码、提审或发布。',
      en: 'Have the merchant unfreeze the account as mp.weixin.qq.com directs. Nothing is committed, submitted or released for it until then.',
    },
  },
  ACCOUNT_WARNED: {
    message: { zh: '微信警告了此账号', en: 'WeChat has warned this account' },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）查看违规通知，以免被封禁。',
      en: 'Have the merchant act on the notice on mp.weixin.qq.com before the account is banned.',
    },
  },
  ACCOUNT_BOUND_ELSEWHERE: {
    message: {
      zh: '账号 {appid} 已绑定到业务 {businessId}',
      en: 'The account {appid} is bound to the business {businessId}',
    },
    hint: {
      zh: '如确需改绑，请调用 bindings.bind 并设 replace 为 true；改绑会记入操作记录。',
      en: 'If it should move, call bindings.bind with replace set to true; this is written to the activity log.',
    },
    consoleHint: { zh: '如确需改绑，请先解除原绑定。', en: 'If it should move, unbind it there first.' },
  },
  ACCOUNT_NOT_BINDABLE: {
    message: {
      zh: '此账号是{kind:accountKind}，不能绑定业务',
      en: 'This account cannot be bound to a business; its kind: {kind:accountKind}',
    },
    hint: {
      zh: '请商户用小程序或公众号授权。',
      en: 'Have the merchant authorize with a mini program or an official account.',
    },
  },
  NOT_A_MINI_PROGRAM: {
    message: {
      zh: '此账号不是小程序，不能接收小程序代码',
      en: 'This account is not a mini program and takes no code',
    },
    hint: { zh: '请填写小程序的 appid。', en: 'Use the appid of a mini program.' },
  },
  BUSINESS_HAS_ACCOUNT: {
    message: {
      zh: '业务 {businessId} 已绑定另一个账号 {appid}',
      en: 'The business {businessId} is bound to another account, {appid}',
    },
    hint: {
      zh: '如确需改绑，请调用 bindings.bind 并设 replace 为 true；改绑会记入操作记录。',
      en: 'If it should change, call bindings.bind with replace set to true; this is written to the activity log.',
    },
    consoleHint: { zh: '如确需改绑，请先解除原绑定。', en: 'If it should change, unbind that account first.' },
  },
  CATEGORY_MISSING: {
    message: { zh: '小程序没有审核通过的服务类目', en: 'The mini program has no approved category' },
    hint: {
      zh: '请商户在微信公众平台（mp.weixin.qq.com）的「设置 › 基本设置 › 服务类目」中添加。',
      en: 'Have the merchant add one on mp.weixin.qq.com under Settings › Basic settings › Service categories.',
    },
  },
  TICKET_REFUSED: {
    byErrcode: true,
    message: { zh: '微信不接受当前的 ticket', en: 'WeChat does not accept the current ticket' },
    hint: {
      zh: '请等待下一次推送（约 10 分钟）；仍失败时核对授权事件接收 URL、消息校验 Token 和消息加解密 Key。',
      en: 'Wait for the next push (about 10 minutes). If it still fails, check the authorization event URL, the message token and the EncodingAESKey.',
    },
  },
  NO_TICKET: {
    message: {
      zh: '没有可用的 ticket，无法获取平台令牌',
      en: 'There is no usable ticket, so no platform token can be obtained',
    },
    hint: {
      zh: '微信约每 10 分钟推送一次 ticket。请核对授权事件接收 URL、消息校验 Token 和消息加解密 Key，并运行 npm run doctor。',
      en: 'WeChat pushes a ticket about every 10 minutes. Check the authorization event URL, the message token and the EncodingAESKey, and run npm run doctor.',
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
    byErrcode: true,
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
      zh: '请先在开放平台控制台选中该权限集，再让商户通过新的授权链接（bindings.createLink）重新授权并勾选它。',
      en: 'Have the merchant tick it through a new authorization link (bindings.createLink). It must first be selected for the platform in the open platform console.',
    },
    consoleHint: {
      zh: '请先在开放平台控制台选中该权限集，再让商户通过新的授权链接重新授权并勾选它。',
      en: 'Have the merchant tick it through a new authorization link. It must first be selected for the platform in the open platform console.',
    },
  },
  NO_API_PERMISSION: {
    message: {
      zh: '此账号没有接口权限，微信没有给出令牌',
      en: 'This account may not use APIs, so WeChat handed out no tokens',
    },
    hint: {
      zh: '请商户在微信公众平台（mp.weixin.qq.com）确认账号已完成注册、未被限制，再通过授权链接（bindings.createLink）重新授权。',
      en: 'Have the merchant check on mp.weixin.qq.com that the account is fully registered and not restricted, then authorize again through a link (bindings.createLink).',
    },
    consoleHint: {
      zh: '请商户在微信公众平台（mp.weixin.qq.com）确认账号已完成注册、未被限制，再重新授权。',
      en: 'Have the merchant check on mp.weixin.qq.com that the account is fully registered and not restricted, then authorize again.',
    },
  },
  TOO_MANY_CALLS: {
    message: { zh: '调用过于频繁', en: 'Too many calls' },
    hint: {
      zh: '每分钟最多 {perMinute} 次，请稍后重试。',
      en: 'At most {perMinute} calls a minute; try again shortly.',
    },
  },
  ANSWER_TOO_LARGE: {
    message: {
      zh: '应答有 {megabytes} MB，超过云函数所能返回的 6 MB',
      en: 'The answer is {megabytes} MB, but a cloud function can return at most 6 MB',
    },
    hint: {
      zh: '请缩小请求的范围（例如减小 limit），或请求较小的文件。',
      en: 'Ask for less at once (a smaller limit), or for a smaller file.',
    },
  },
  LINK_OPENED_TOO_OFTEN: {
    message: {
      zh: '此授权链接一小时内被打开了太多次（上限 {perHour} 次）',
      en: 'This link was opened too often; the limit is {perHour} times an hour',
    },
    hint: {
      zh: '请稍后再打开，或请服务商另发一个链接。',
      en: 'Open it again later, or ask the service provider for another link.',
    },
  },
  LINK_ENDED: {
    message: { zh: '此授权链接已失效', en: 'This authorization link is no longer valid' },
    hint: { zh: '请向服务商索取新的授权链接。', en: 'Ask the service provider for a new link.' },
  },
  LINK_SPENT: {
    message: {
      zh: '此授权链接已用于另一个账号',
      en: 'This authorization link has been used for another account',
    },
    hint: { zh: '请向服务商索取新的授权链接。', en: 'Ask the service provider for a new link.' },
  },
  INVITE_UNKNOWN: {
    message: { zh: '没有这个授权链接', en: 'There is no such authorization link' },
    hint: { zh: '有效的链接见 invites.list。', en: 'invites.list shows those that are valid.' },
  },
  REVIEW_QUOTA_USED_UP: {
    message: { zh: '平台本月的提审额度已用完', en: "The platform's review quota for this month is used up" },
    hint: {
      zh: '下月自动恢复；急用可在开放平台控制台申请临时额度。',
      en: 'It is renewed next month. In urgent cases apply for a temporary quota in the open platform console.',
    },
  },
  WECHAT_QUOTA_USED_UP: {
    byErrcode: true,
    message: { zh: '微信的调用额度已用完', en: "WeChat's quota for this is used up" },
    hint: { zh: '请稍后重试。', en: 'Try again later.' },
  },
  WECHAT_REFUSED: {
    byErrcode: true,
    message: { zh: '微信拒绝了请求', en: 'WeChat refused the request' },
    hint: { zh: '请根据 errmsg 处理。', en: 'See errmsg for what to correct.' },
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
  WECHAT_ANSWER_ODD: {
    message: {
      zh: '微信返回的数据中 {member} 缺失或无法识别（{path}）',
      en: "{member} is missing or unusable in WeChat's answer ({path})",
    },
    hint: {
      zh: '请稍后重试；如果一直如此，请带上此信息联系维护者：微信可能改了接口。',
      en: 'Try again in a moment. If it keeps happening, report this text to the maintainers: WeChat may have changed the interface.',
    },
  },
  WECHAT_PAUSED: {
    message: {
      zh: '微信接口刚才连续失败，已暂停调用',
      en: 'Calls to this WeChat interface are paused after repeated failures',
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
      en: 'Check the current state. If the call is still needed, repeat it with a new idempotency key.',
    },
    consoleHint: {
      zh: '请先查看当前状态，确认没有生效后再操作一次。',
      en: 'Check the current state first; repeat it only if nothing changed.',
    },
  },
  OUTCOME_PENDING: {
    message: { zh: '微信还没有给出结果', en: 'The outcome at WeChat is not known yet' },
    hint: {
      zh: '系统会在 2 分钟内核实；请用同一个幂等键重试以获得结果。',
      en: 'The platform settles it within 2 minutes; then repeat the call with the same idempotency key for the result.',
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
    message: { zh: '数据库缺少集合', en: 'A collection is missing from the database' },
    hint: {
      zh: '请重新运行 npm run deploy，它会创建全部集合。',
      en: 'Run npm run deploy again: it creates every collection.',
    },
  },
  SETTING_MISSING: {
    message: { zh: '未设置环境变量 {variable}', en: 'The environment variable {variable} is not set' },
    hint: {
      zh: '请为云函数设置 {variable} 后重新部署。',
      en: 'Set {variable} for the functions and deploy again.',
    },
  },
  SETTING_MALFORMED: {
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
      zh: '请把旧密钥放回 SEAL_KEYS 末尾并重新部署；refreshTokens 用新密钥全部重新加密后才能移除。',
      en: 'Put the former key back at the end of SEAL_KEYS until refreshTokens has sealed everything again.',
    },
  },
  ADDRESS_NOT_ALLOWED: {
    message: {
      zh: '微信拒绝来自此 IP 的调用[[：{address}]]',
      en: 'WeChat does not allow calls from this IP address[[: {address}]]',
    },
    hint: {
      zh: '请把云函数的固定出口 IP[[（{address}）]]加入开放平台的白名单 IP 地址列表，并全网发布。',
      en: 'Add the fixed egress IP of the functions[[, {address},]] to the IP whitelist in the open platform console, and publish the platform.',
    },
  },
  NOT_A_CLOUD_FILE: {
    message: { zh: '{field}须以 cloud:// 开头', en: '{field} must begin with cloud://' },
  },
  NOT_BASE64: {
    message: { zh: '{field}不是有效的 base64', en: '{field} is not valid base64' },
  },
  FILE_TOO_LARGE: {
    message: {
      zh: '文件过大：微信接受的{kind:media}最大 {megabytes} MB',
      en: 'The file is too large: WeChat accepts a {kind:media} of at most {megabytes} MB',
    },
  },
  FILE_TOO_LARGE_INLINE: {
    message: {
      zh: '文件超过 {megabytes} MB，不能放在调用里',
      en: 'The file is larger than {megabytes} MB, too large to send in a call',
    },
    hint: {
      zh: '请上传到云存储，再传入 fileId。',
      en: 'Upload it to cloud storage and pass its fileId.',
    },
  },
  FILE_KIND_NOT_TAKEN: {
    message: {
      zh: '文件不是所需的格式（{formats}）',
      en: 'The file must be in one of these formats: {formats}',
    },
  },
  RETURN_URL_NOT_ALLOWED: {
    message: { zh: 'returnUrl 的来源不在允许的列表中', en: 'The origin of returnUrl is not allowed' },
    hint: {
      zh: '请把它的来源（协议、域名和端口）加入 RETURN_URL_ORIGINS 后重新部署。',
      en: 'Add its origin (scheme, host and port) to RETURN_URL_ORIGINS and deploy again.',
    },
  },
  LINK_NOT_VALID: {
    message: { zh: '授权链接无效', en: 'This authorization link is not valid' },
    hint: { zh: '请向服务商索取新的授权链接。', en: 'Ask the service provider for a new link.' },
  },
  LINK_EXPIRED: {
    message: { zh: '授权链接已过期', en: 'This authorization link has expired' },
    hint: { zh: '请向服务商索取新的授权链接。', en: 'Ask the service provider for a new link.' },
  },
  NOT_BEGUN_HERE: {
    message: {
      zh: '授权不是在这个浏览器中开始的，或链接无效',
      en: 'The authorization was not started in this browser, or the link is not valid',
    },
    hint: {
      zh: '请用同一个浏览器重新打开授权链接。',
      en: 'Open the authorization link again and finish in the same browser.',
    },
  },
  AUTHORIZATION_TOO_LATE: {
    message: { zh: '授权超时', en: 'The authorization took too long' },
    hint: { zh: '请重新打开授权链接。', en: 'Open the authorization link again.' },
  },
  NO_AUTH_CODE: {
    message: { zh: '微信没有返回授权码', en: 'WeChat returned no authorization code' },
    hint: { zh: '请重新打开授权链接。', en: 'Open the authorization link again.' },
  },
  ACCOUNT_TYPE_NEEDED: {
    message: {
      zh: '此业务绑定了多个账号，须指定 accountType',
      en: 'This business has several accounts; specify the accountType',
    },
  },
  NOBODY_CHOSEN: {
    message: { zh: '没有选中任何商户', en: 'No merchant matches' },
    hint: {
      zh: '请用 authorizers.list 和 bindings.list 核对筛选条件。',
      en: 'Check the choice with authorizers.list and bindings.list.',
    },
    consoleHint: { zh: '请核对筛选条件。', en: 'Check the choice of merchants.' },
  },
  ALREADY_PAST: {
    message: { zh: '{field}必须晚于现在', en: '{field} must be in the future' },
  },
  ADDRESS_NOT_PUBLIC: {
    message: {
      zh: '接收地址不能使用：{objection:addressFlaw}',
      en: 'This address cannot be used: {objection:addressFlaw}',
    },
    hint: {
      zh: '事件只投递到公网的 https 地址；本地调试可设置 WEBHOOK_ALLOW_PRIVATE=true。',
      en: 'Events go to public https addresses only. For local use set WEBHOOK_ALLOW_PRIVATE=true.',
    },
  },
  VARIABLE_MISSING: {
    message: { zh: '变量 {variable} 没有值', en: 'The variable {variable} has no value' },
    hint: {
      zh: '请在绑定的 attributes 或 extVars 中提供它。',
      en: "Provide it in the binding's attributes or in extVars.",
    },
    consoleHint: {
      zh: '请在上传代码时的「变量」中填写，或在模板设置中给它缺省值。',
      en: "Fill it in under Variables when you commit, or give it a default in the template's settings.",
    },
  },
  PLACEHOLDER_MALFORMED: {
    message: { zh: '{field}中的变量写法有误：{placeholder}', en: '{field} has a malformed variable: {placeholder}' },
    hint: { zh: '正确写法是双花括号包住变量名。', en: 'Write the name of the variable between double braces.' },
  },
  STANDARD_TEMPLATE_KEY: {
    message: {
      zh: '标准模板只支持 ext 和 window，不支持{field}',
      en: 'A standard template takes only ext and window, not {field}',
    },
  },
  EXT_KEY_UNKNOWN: {
    message: { zh: '{field}不是 ext_json 支持的字段', en: '{field} is not a key of ext_json' },
    hint: { zh: '支持的字段：{known}', en: 'Known keys: {known}' },
  },
  MALFORMED_FOR_WECHAT: {
    message: { zh: '{field}的类型不正确，应为 {expected}', en: '{field} has the wrong type: {expected} is expected' },
  },
  TOO_MANY_VALUES: {
    message: { zh: '输入的内容过多', en: 'The input holds too many values' },
    hint: { zh: '请分几次调用。', en: 'Spread it over several calls.' },
  },
  TEXTS_TOO_LONG: {
    message: {
      zh: '填入变量后文本总长超过 {max} 个字符',
      en: 'With the variables filled in, the texts have more than {max} characters in all',
    },
  },
  NOT_JSON: {
    message: { zh: '{field}不是 JSON 值', en: '{field} is not a JSON value' },
  },
  FILE_NOT_STORED: {
    message: { zh: '文件未能写入云存储', en: 'The file could not be put into cloud storage' },
    hint: { zh: '请稍后重试。', en: 'Try again shortly.' },
  },
  FILE_NOT_FOUND: {
    message: { zh: '云存储中找不到此文件', en: 'Cloud storage does not have this file' },
    hint: { zh: '请核对 fileId。', en: 'Check the fileId.' },
  },
  TEMPLATE_UNKNOWN: {
    message: { zh: '模板 {templateId} 不存在', en: 'There is no template {templateId}' },
    hint: { zh: '现有模板见 templates.list。', en: 'See templates.list for the templates that exist.' },
    consoleHint: { zh: '请在「模板」页选择现有模板。', en: 'Choose an existing template under Templates.' },
  },
  NO_VERSION_YET: {
    message: { zh: '此账号还没有上传过代码', en: 'No code has been committed to this account yet' },
    hint: { zh: '请先用 releases.commit 上传代码。', en: 'Commit code first with releases.commit.' },
    consoleHint: { zh: '请先上传代码。', en: 'Commit code first.' },
  },
  NO_BOUND_ACCOUNT: {
    message: { zh: '此业务没有绑定账号', en: 'This business has no bound account' },
  },
  ADMIN_UNKNOWN: {
    message: { zh: '没有这个成员', en: 'There is no such admin' },
  },
  KEY_UNKNOWN: {
    message: { zh: '没有这个 API 密钥', en: 'There is no such API key' },
  },
  ROLLOUT_UNKNOWN: {
    message: { zh: '没有这个批量发布', en: 'There is no such rollout' },
  },
  SUBSCRIPTION_UNKNOWN: {
    message: { zh: '没有这个订阅', en: 'There is no such subscription' },
    hint: { zh: '全部订阅见 subscriptions.list。', en: 'See subscriptions.list.' },
    consoleHint: { zh: '它可能已被删除，请刷新。', en: 'It may have been deleted; reload.' },
  },
  DELIVERY_UNKNOWN: {
    message: { zh: '没有这条投递记录', en: 'There is no such delivery' },
    hint: {
      zh: 'deliveryId 是消息的 webhook-id；记录保留 30 天。',
      en: 'The deliveryId is the webhook-id of the message. Deliveries are kept for 30 days.',
    },
  },
  GRAY_RUNNING: {
    message: { zh: '灰度发布正在进行', en: 'A gray release is running' },
    hint: {
      zh: '请先完成它，或用 releases.cancelGray 取消。',
      en: 'Finish it, or cancel it with releases.cancelGray.',
    },
    consoleHint: { zh: '请先完成或取消它。', en: 'Finish or cancel it first.' },
  },
  GRAY_ONLY_GROWS: {
    message: {
      zh: '灰度发布已到 {present}%，比例只能增大',
      en: 'The gray release stands at {present}% and can only grow',
    },
    hint: {
      zh: '请填写更大的比例，或用 releases.cancelGray 取消。',
      en: 'Give a larger percentage, or cancel it with releases.cancelGray.',
    },
    consoleHint: { zh: '请填写更大的比例，或先取消灰度发布。', en: 'Give a larger percentage, or cancel it first.' },
  },
  NO_GRAY_RUNNING: {
    message: { zh: '没有进行中的灰度发布', en: 'No gray release is running' },
    hint: { zh: '可用 releases.startGray 开始。', en: 'Start one with releases.startGray.' },
    consoleHint: { zh: '请刷新查看当前状态。', en: 'Reload to see the current state.' },
  },
  NOT_APPROVED: {
    message: {
      zh: '版本 {version} 的状态是「{state:state}」，还没有审核通过',
      en: 'Version {version} is “{state:state}”, not approved',
    },
    hint: {
      zh: '审核通过后才能发布，进度见 releases.status。',
      en: 'It can be released once it is approved; releases.status shows where it stands.',
    },
    consoleHint: { zh: '审核通过后才能发布。', en: 'It can be released once it is approved.' },
  },
  NOTHING_APPROVED: {
    message: { zh: '没有审核通过的版本', en: 'There is no approved version' },
    hint: {
      zh: '请先提审并等待通过，进度见 releases.status。',
      en: 'Submit a version and wait for its approval; releases.status shows where it stands.',
    },
    consoleHint: { zh: '请先提审并等待通过。', en: 'Submit a version and wait for its approval.' },
  },
  STEP_NOT_ALLOWED: {
    message: {
      zh: '「{from:state}」的版本不能变为「{to:state}」',
      en: 'A version that is “{from:state}” cannot become “{to:state}”',
    },
    hint: { zh: '请先查看 releases.status。', en: 'See releases.status.' },
    consoleHint: { zh: '请刷新查看当前状态。', en: 'Reload to see the current state.' },
  },
  CHANGED_MEANWHILE: {
    message: { zh: '另一个调用刚刚改变了这个版本', en: 'Another call has just changed this release' },
    hint: { zh: '请重新查看 releases.status。', en: 'Read releases.status and decide again.' },
    consoleHint: { zh: '请刷新后再决定。', en: 'Reload and decide again.' },
  },
  NOTHING_TO_SUBMIT: {
    message: { zh: '没有可以提审的版本', en: 'There is no version to submit' },
    hint: { zh: '请先用 releases.commit 上传代码。', en: 'Commit code first with releases.commit.' },
    consoleHint: { zh: '请先上传代码。', en: 'Commit code first.' },
  },
  NOT_SUBMITTABLE: {
    message: {
      zh: '版本 {version} 的状态是「{state:state}」，不能再次提审',
      en: 'Version {version} is “{state:state}” and cannot be submitted again',
    },
    hint: { zh: '请用 releases.commit 上传新版本。', en: 'Commit a new version with releases.commit.' },
    consoleHint: { zh: '请上传新版本。', en: 'Commit a new version.' },
  },
  APPROVED_ALREADY: {
    message: { zh: '版本 {version} 已审核通过', en: 'Version {version} is already approved' },
    hint: { zh: '可直接用 releases.release 发布。', en: 'Release it with releases.release.' },
    consoleHint: { zh: '可直接发布。', en: 'You can release it now.' },
  },
  SUBMITTED_ALREADY: {
    message: {
      zh: '版本 {version} 已经提审（{state:state}）',
      en: 'Version {version} was submitted already ({state:state})',
    },
    hint: { zh: '系统会继续处理，进度见 releases.status。', en: 'It continues automatically; see releases.status.' },
    consoleHint: { zh: '系统会继续处理，请稍后刷新。', en: 'It continues automatically; reload in a moment.' },
  },
  TRIAL_REPLACED: {
    message: {
      zh: '体验版已被他处上传的版本 {version} 替换',
      en: 'Version {version}, committed elsewhere, has taken the place of the trial version',
    },
    hint: { zh: '请先用 releases.commit 重新上传代码。', en: 'Commit again first, with releases.commit.' },
    consoleHint: { zh: '请重新上传代码。', en: 'Commit the code again.' },
  },
  OTHER_VERSION_APPROVED: {
    message: {
      zh: '审核通过的是版本 {approved}，不是 {version}',
      en: 'The approved version is {approved}, not {version}',
    },
    hint: {
      zh: '请填写审核通过的版本号，或不填 version。',
      en: 'Give the approved version, or leave version out.',
    },
  },
  OTHER_VERSION_RELEASED: {
    message: {
      zh: '发布出去的是他处提审的版本 {other}，不是 {version}',
      en: 'What went out is version {other}, submitted elsewhere, not {version}',
    },
    hint: {
      zh: '微信发布最后提审的版本。不想要它就用 releases.rollback 回退。',
      en: 'WeChat releases what was submitted last. If you do not want it, roll it back with releases.rollback.',
    },
    consoleHint: {
      zh: '微信发布最后提审的版本。不想要它就回退。',
      en: 'WeChat releases what was submitted last. If you do not want it, roll it back.',
    },
  },
  NOTHING_UNDER_REVIEW: {
    message: { zh: '没有审核中的版本', en: 'No version is under review' },
    hint: { zh: '当前状态见 releases.status。', en: 'releases.status shows where it stands.' },
    consoleHint: { zh: '请刷新查看当前状态。', en: 'Reload to see the current state.' },
  },
  DOMAINS_NOT_ON_PLATFORM: {
    message: {
      zh: '第三方平台的域名列表中没有：{domains}',
      en: "The platform's list of domains lacks: {domains}",
    },
    hint: {
      zh: '请所有者先用 {operation}（action 为 add）添加。',
      en: 'Have an owner add them first with {operation} (action: add).',
    },
    consoleHint: {
      zh: '请所有者先在「设置 › 平台域名」中添加。',
      en: 'Have an owner add them first under Settings › Platform domains.',
    },
  },
  OWNER_BY_CONFIGURATION: {
    message: { zh: '此所有者写在 ADMIN_OPENIDS 中', en: 'This owner is named in ADMIN_OPENIDS' },
    hint: {
      zh: '请从 ADMIN_OPENIDS 中移除后重新部署。',
      en: 'Remove the OPENID from ADMIN_OPENIDS and deploy again.',
    },
  },
  ROLLOUT_STATE: {
    message: {
      zh: '批量发布的状态是「{state:state}」，不能这样操作',
      en: 'This is not possible while the rollout is “{state:state}”',
    },
    hint: { zh: '当前状态见 rollouts.get。', en: 'rollouts.get shows where it stands.' },
    consoleHint: { zh: '请刷新查看当前状态。', en: 'Reload to see the current state.' },
  },
  ROLLOUT_CANCELLED: {
    message: { zh: '此批量发布已取消', en: 'This rollout is cancelled' },
    hint: { zh: '请新建一个。', en: 'Create a new one.' },
  },
  PROBLEM_UNKNOWN: {
    message: { zh: '没有这个问题，或已经解决', en: 'There is no such problem, or it is settled' },
    hint: { zh: '未解决的问题见 problems.list。', en: 'Open problems are in problems.list.' },
    consoleHint: { zh: '请刷新查看。', en: 'Reload to see what is open.' },
  },
  PROBLEM_NOT_DISMISSIBLE: {
    message: { zh: '问题「{code}」不能手动关闭', en: 'The problem {code} cannot be dismissed' },
    hint: {
      zh: '处理好原因后，它会自行关闭。',
      en: 'It closes by itself once its cause is gone.',
    },
  },
  ROLLOUT_TAKEN_BACK: {
    message: { zh: '此批量发布正在回退', en: 'This rollout is being rolled back' },
    hint: {
      zh: '请等待回退完成，或用 rollouts.cancel 取消。',
      en: 'Wait for the rollback to end, or cancel the rollout with rollouts.cancel.',
    },
    consoleHint: { zh: '请等待回退完成，或先取消。', en: 'Wait for the rollback to end, or cancel the rollout first.' },
  },
  TOO_MANY_SUBSCRIPTIONS: {
    message: { zh: '最多 {max} 个订阅', en: 'There can be at most {max} subscriptions' },
    hint: {
      zh: '请删除一个，或放宽现有订阅的匹配条件。',
      en: 'Delete one, or widen the match of another.',
    },
  },
  SUBSCRIPTION_OFF: {
    message: { zh: '此订阅已停用', en: 'The subscription is switched off' },
    hint: {
      zh: '请用 subscriptions.put 启用（enabled 设为 true）。',
      en: 'Switch it on with subscriptions.put (enabled: true).',
    },
    consoleHint: { zh: '请先启用它。', en: 'Switch it on first.' },
  },
  TICKETS_REFUSED: {
    message: { zh: '微信不接受已保存的任何 ticket', en: 'WeChat accepts none of the stored tickets' },
    hint: {
      zh: '请等待下一次推送（约 10 分钟）；仍失败时核对授权事件接收 URL、消息校验 Token 和消息加解密 Key，并运行 npm run doctor。',
      en: 'Wait for the next push (about 10 minutes). If it still fails, check the authorization event URL, the message token and the EncodingAESKey, and run npm run doctor.',
    },
  },
  NOT_AUTHORIZED_NOW: {
    message: { zh: '此账号当前没有授权', en: 'This account is not authorized at the moment' },
    hint: {
      zh: '请用 bindings.createLink 生成授权链接，让商户重新授权。',
      en: 'Send the merchant an authorization link (bindings.createLink).',
    },
    consoleHint: { zh: '请生成授权链接，让商户重新授权。', en: 'Send the merchant an authorization link.' },
  },
  AUTH_CODE_REFUSED: {
    message: {
      zh: '微信不接受此授权码：已被使用、已过期或无效',
      en: 'WeChat does not accept this authorization code: it was used, has expired or is not valid',
    },
    hint: {
      zh: '请让商户重新打开授权链接；每次授权都会产生新的授权码。',
      en: 'Have the merchant open the authorization link again; each authorization brings a new code.',
    },
  },
  DOMAINS_NOT_TAKEN: {
    message: { zh: '微信没有接受这些域名：{domains}', en: 'WeChat did not accept these domains: {domains}' },
    hint: {
      zh: '请核对域名是否已备案、拼写是否正确。',
      en: 'Check their ICP filing and their spelling.',
    },
  },
  DOMAIN_FILE_MISSING: {
    message: { zh: '微信没有接受这些域名：{domains}', en: 'WeChat did not accept these domains: {domains}' },
    hint: {
      zh: '请让 {addresses} 返回内容「{content}」，然后重试。',
      en: 'Serve the content “{content}” at {addresses}, then try again.',
    },
  },
  DOMAIN_FILE_NOT_READ: {
    message: {
      zh: '微信没有读到域名校验文件：{domains}',
      en: 'WeChat could not read the verification file of these domains: {domains}',
    },
    hint: {
      zh: '请让 {addresses} 返回内容「{content}」，然后重试。',
      en: 'Serve the content “{content}” at {addresses}, then try again.',
    },
  },
  WECHAT_BUSY: {
    message: { zh: '微信系统繁忙', en: 'WeChat is busy' },
    hint: { zh: '请稍后重试。', en: 'Try again in a moment.' },
  },
  ANSWERED_FOR_ANOTHER: {
    message: {
      zh: '微信返回了另一个账号的数据，没有保存',
      en: 'WeChat answered with data of another account; nothing was stored',
    },
    hint: { zh: '请稍后重试。', en: 'Try again in a moment.' },
  },
  TEMPLATE_NOT_LISTED_YET: {
    message: {
      zh: '微信已接收草稿，但模板列表中还没有它',
      en: 'WeChat took the draft but does not list the template yet',
    },
    hint: { zh: '请稍后查看 templates.list。', en: 'See templates.list in a moment.' },
    consoleHint: { zh: '请稍后刷新模板列表。', en: 'Reload the templates in a moment.' },
  },
  STILL_BEING_COMPLETED: {
    message: { zh: '授权正在处理中', en: 'The authorization is still being completed' },
    hint: { zh: '请稍后刷新本页。', en: 'Reload this page in a moment.' },
  },
  DATABASE_CONTENTION: {
    message: { zh: '其他调用正在频繁修改同一数据', en: 'Other calls keep changing the same data' },
    hint: { zh: '请稍后重试。', en: 'Try again in a moment.' },
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
