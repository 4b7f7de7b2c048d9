/** What to do, by name: in Chinese and in English; then the same where a console's buttons do it. */
export const cures = {
  busy: [
    '请稍后重试；若持续出现，请核对请求内容或联系微信客服。',
    'Try again shortly. If it persists, check the request or contact WeChat support.',
  ],
  token: [
    '系统会自动刷新令牌并重试一次；仍失败时请核对 AppSecret 和令牌类型。',
    'The token is refreshed and the call repeated once automatically. If that fails, check the AppSecret and the kind of token.',
  ],
  secret: [
    '请在微信开放平台核对 COMPONENT_APPID 和 COMPONENT_APPSECRET，然后重新部署。',
    'Check COMPONENT_APPID and COMPONENT_APPSECRET in the open platform console and deploy again.',
  ],
  argument: ['请修正参数后重试。', 'Correct the input and try again.'],
  newCode: ['请让用户重新登录，以获得新的 code。', 'Have the user log in again to get a new code.'],
  report: [
    '调用方式有误，请把 errmsg 中的 rid 交给平台的开发者。',
    "The call itself is wrong. Give the rid in errmsg to the platform's developers.",
  ],
  reauthorize: [
    '请用 bindings.createLink 生成新的授权链接，让商户重新授权。',
    'Send the merchant a new authorization link (bindings.createLink).',
    '请生成新的授权链接，让商户重新授权。',
    'Send the merchant a new authorization link.',
  ],
  grantSet: [
    '请先在开放平台控制台选中所需的权限集，再让商户重新授权并勾选它。',
    'Have the merchant authorize again with the permission set ticked. It must first be selected for the platform in the open platform console.',
  ],
  ticket: [
    '请等待下一次推送（约 10 分钟）；仍失败时核对授权事件接收 URL、消息校验 Token 和消息加解密 Key。',
    'Wait for the next push (about 10 minutes). If it still fails, check the authorization event URL, the message token and the EncodingAESKey.',
  ],
  whitelist: [
    '请把云函数的固定出口 IP 加入开放平台的白名单 IP 地址列表，并全网发布。',
    'Add the fixed egress IP of the functions to the IP whitelist in the open platform console, and publish the platform.',
  ],
  publish: [
    '请在开放平台控制台选好所需的权限集并全网发布，或把此账号的原始 ID 加入授权测试列表。',
    'Publish the platform in the open platform console with the permission sets that it needs, or add the original ID of the account to its test list.',
  ],
  tomorrow: [
    '次日自动恢复；急用可由所有者用 quotas.clear 重置。',
    'It recovers the next day. In urgent cases an owner can reset it with quotas.clear.',
    '次日自动恢复；急用可在开放平台控制台重置额度。',
    'It recovers the next day. In urgent cases reset the quota in the open platform console.',
  ],
  tomorrowOnly: [
    '按日的限额次日恢复，按月的下月恢复。',
    'A daily limit recovers the next day, a monthly one next month.',
  ],
  minute: ['请约一分钟后重试。', 'Try again in about a minute.'],
  nextMonth: ['下月自动恢复。', 'It recovers next month.'],
  reviewQuota: [
    '下月自动恢复；急用可在开放平台控制台申请临时额度。',
    'It is renewed next month. In urgent cases apply for a temporary quota in the open platform console.',
  ],
  later: ['请稍后重试，不要同时发起多次。', 'Try again later, one call at a time.'],
  waitReview: ['请等待当前流程结束后再操作。', 'Wait until the current process has ended.'],
  readBack: [
    '请先查询当前状态，可能已经是想要的结果。',
    'Check the current state first: it may already be what you want.',
  ],
  merchantConsole: [
    '请商户登录微信公众平台（mp.weixin.qq.com）处理。',
    'Have the merchant settle this on mp.weixin.qq.com.',
  ],
  contactMerchant: ['请商户核对所填资料后重新提交。', 'Have the merchant check the details and submit them again.'],
  uploadAgain: ['请核对素材后重新上传。', 'Check the file and upload it again.'],
  category: [
    '请商户在微信公众平台（mp.weixin.qq.com）添加合适的服务类目，并等待审核通过。',
    'Have the merchant add a suitable category on mp.weixin.qq.com and wait for its approval.',
  ],
  template: [
    '请从 templates.list 中选择现有模板。',
    'Choose an existing template from templates.list.',
    '请在「模板」页选择现有模板。',
    'Choose an existing template under Templates.',
  ],
  deleteTemplate: [
    '请先用 templates.delete 删除不用的模板。',
    'First delete templates that are no longer used (templates.delete).',
    '请先在「模板」页删除不用的模板。',
    'First delete templates that are no longer used, under Templates.',
  ],
  extJson: [
    '请修正 releases.commit 的 ext 或 extJson 后重新上传代码。',
    'Correct ext or extJson of releases.commit and commit again.',
    '请修正 ext_json 后重新上传代码。',
    'Correct the ext_json and commit again.',
  ],
  smaller: [
    '请开发者缩小代码包后重新上传模板。',
    'Have the developer make the package smaller and upload the template again.',
  ],
  commit: [
    '请先用 releases.commit 上传代码。',
    'Commit code first with releases.commit.',
    '请先上传代码。',
    'Commit code first.',
  ],
  withdraw: [
    '请等待审核结果，或先用 releases.withdraw 撤回审核。',
    'Wait for the result, or withdraw the review first with releases.withdraw.',
    '请等待审核结果，或先撤回审核。',
    'Wait for the result, or withdraw the review first.',
  ],
  approved: [
    '审核通过后才能发布，进度见 releases.status。',
    'It can be released once it is approved; releases.status shows where it stands.',
    '审核通过后才能发布。',
    'It can be released once it is approved.',
  ],
  scan: [
    '请约一分钟后再次提交审核，不要重新上传代码。',
    'Submit it again in about a minute; do not commit again, as that restarts the scan.',
    '请约一分钟后再次提交审核，不要重新上传代码。',
    'Submit it again in about a minute; do not commit again, as that restarts the scan.',
  ],
  privacy: [
    '请在 requiredPrivateInfos 中声明并用 privacyInterfaces.apply 申请这些接口，代码确实没有使用时，在提审时把 privacyApiNotUse 设为 true。',
    'Declare the interfaces in requiredPrivateInfos and apply for them with privacyInterfaces.apply, or submit with privacyApiNotUse if the code does not really use them.',
    '请在 ext_json 的 requiredPrivateInfos 中声明并申请这些接口；代码确实没有使用时，在提审时勾选「代码没有使用隐私接口」。',
    'Declare the interfaces in requiredPrivateInfos of the ext_json and apply for them, or, if it really uses none, tick “The code uses no privacy interfaces” when submitting.',
  ],
  guideline: [
    '请用 miniprograms.setPrivacy 修正或补全用户隐私保护指引。',
    'Correct or complete the privacy guideline with miniprograms.setPrivacy.',
    '请在商户页修正或补全用户隐私保护指引。',
    "Correct or complete the privacy guideline on the merchant's page.",
  ],
  platformDomain: [
    '请所有者先用 platform.setServerDomains 或 platform.setWebviewDomains 添加此域名。',
    'Have an owner add the domain first with platform.setServerDomains or platform.setWebviewDomains.',
    '请所有者先在「设置 › 平台域名」中添加。',
    'Have an owner add it first under Settings › Platform domains.',
  ],
  domain: [
    '请核对域名：协议正确、已备案，且不是 IP 地址或 api.weixin.qq.com。',
    'Check the domain: it needs the right scheme and an ICP filing, and must not be an IP address or api.weixin.qq.com.',
  ],
  fewerDomains: ['请减少域名数量后重试。', 'Try again with fewer domains.'],
  plugin: [
    '请核对插件的 appid 和版本，并先为小程序添加该插件；数量已达上限时先移除别的插件。',
    'Check the appid and version of the plugin, and add it to the mini program first; at the limit, remove another plugin.',
  ],
  tester: ['请核对微信号，或先移除其他体验者。', 'Check the WeChat ID, or remove other testers first.'],
  members: ['请先减少成员或绑定的数量。', 'Remove some members or bound users first.'],
  noWayBack: [
    '没有更早的线上版本，或线上版本已是回退得来的。要恢复旧内容，请用旧模板重新上传代码、提审并发布。',
    'There is no earlier version, or the live one is already the result of a rollback. To restore older content, commit the older template again, submit it and release it.',
  ],
  cancelGray: [
    '请先完成灰度发布，或用 releases.cancelGray 取消。',
    'Finish the gray release, or cancel it with releases.cancelGray.',
    '请先完成或取消灰度发布。',
    'Finish or cancel the gray release first.',
  ],
  unsupported: [
    '此账号不支持这项功能；请商户在微信公众平台（mp.weixin.qq.com）确认。',
    'This account does not support it; the merchant can check on mp.weixin.qq.com.',
  ],
  callback: [
    '请在微信开放平台控制台填写授权事件接收 URL 和消息与事件接收 URL。',
    'Enter the authorization event URL and the message URL in the open platform console.',
  ],
  unsupportedPlatform: ['请改用企业主体的第三方平台。', 'Use a third-party platform that belongs to an enterprise.'],
  domainFile: [
    '请用 confirmFiles.get 取得校验文件，放在域名根目录后重试。',
    'Get the verification file with confirmFiles.get, serve it at the root of the domain, and try again.',
    '请将校验文件放在域名根目录后重试。',
    'Serve the verification file at the root of the domain, and try again.',
  ],
  filingHints: ['请按 hints 中的字段修正材料后重新提交。', 'Correct the fields that hints names, then submit again.'],
  filingResource: [
    '请核对编号；人脸核身任务三天内有效，过期后须重新发起。',
    'Check the id. A face check is valid for three days; begin a new one after that.',
  ],
  releaseToAll: [
    '请用 releases.release 发布给全部用户。',
    'Release it to all users with releases.release.',
    '请发布给全部用户。',
    'Release it to all users.',
  ],
  otherDeveloper: [
    '请在开放平台控制台解绑此开发小程序，换一个没有直播权限的。',
    'Unbind this development mini program in the open platform console, and use one without live streaming.',
  ],
  noHurry: ['这类审核不能加急，请等待结果。', 'This kind of review cannot be made faster: wait for the result.'],
  punished: [
    '请在开放平台控制台查看违规记录并申诉。',
    'See the violations in the open platform console and appeal there.',
  ],
} as const

/**
 * One errcode, or first..last, | move | meaning in Chinese | in English | cure.
 * @see https://developers.weixin.qq.com/doc/oplatform/Return_codes/Return_code_descriptions_new.html
 */
export const errcodeTable = `
-1000 | retry | 云开发系统错误 | cloud development had an error | busy
-1 | retry | 系统繁忙 | the system is busy | busy
40001 | token | access_token 无效或不是最新的，或 AppSecret 错误 | the access token is not valid or not the newest, or the AppSecret is wrong | token
40005 | provider | 素材类型不合法 | the type of the file is not allowed | uploadAgain
40006 | provider | 素材大小不合法 | the size of the file is not allowed | uploadAgain
40007 | provider | media_id 无效 | the media_id is not valid | uploadAgain
40009 | provider | 图片大小不合法 | the size of the picture is not allowed | uploadAgain
40013 | provider | appid 无效 | the appid is not valid | secret
40014 | token | access_token 无效 | the access token is not valid | token
40029 | provider | code 无效 | the code is not valid | newCode
40033 | provider | 请求含有 \\uXXXX 转义字符 | the request contains \\uXXXX escapes | report
40048 | provider | URL 不合法 | the URL is not valid | argument
40066 | provider | URL 不合法 | the URL is not valid | argument
40097 | provider | 参数错误 | a parameter is not valid | argument
40101 | provider | 缺少必填参数 | a required parameter is missing | argument
40125 | provider | AppSecret 无效 | the AppSecret is not valid | secret
40164 | provider | 调用方 IP 不在白名单 | the calling IP address is not on the whitelist | whitelist
40166 | provider | 此账号不是小程序 | the account is not a mini program | unsupported
40170 | provider | 数量过大 | the count is too large | argument
40201 | provider | 未设置回调地址 | no callback URL is set | callback
40202..40203 | provider | 检测参数 action 或 check_operator 不合法 | the action or the operator of the check is not valid | argument
41001 | token | 缺少 access_token | the access token is missing | token
41002 | provider | 缺少 appid | the appid is missing | report
41004 | provider | 缺少 AppSecret | the AppSecret is missing | secret
41005 | provider | 缺少素材内容 | the content of the file is missing | uploadAgain
41006 | provider | 缺少 media_id | the media_id is missing | argument
41018 | provider | 缺少 component_appid | component_appid is missing | report
41021 | provider | 缺少 component_access_token | component_access_token is missing | report
41030 | provider | 页面路径在线上版本中不存在 | the page does not exist in the live version | argument
41033 | provider | 仅支持通过接口创建的小程序 | this works only for mini programs that were created through the API | unsupported
42001 | token | access_token 已过期 | the access token has expired | token
42002 | reauthorize | refresh_token 已过期 | the refresh token has expired | reauthorize
42006 | token | component_access_token 已过期 | the platform token has expired | token
42007 | reauthorize | 账号已修改密码，令牌失效 | the password of the account was changed, so its tokens no longer work | reauthorize
43001 | provider | 须使用 GET 请求 | a GET request is needed | report
43002 | provider | 须使用 POST 请求 | a POST request is needed | report
44002 | provider | POST 请求体为空 | the body of the POST request is empty | report
45009 | wait | 接口当日调用次数已达上限 | the daily quota of this API is used up | tomorrow
45011 | wait | 接口调用过于频繁 | the limit per minute is reached | minute
45035 | provider | 调用方 IP 未登记 | the calling IP address is not registered | whitelist
45082 | merchant | 域名需要 ICP 备案 | the domain needs an ICP filing | domain
46001 | provider | 素材不存在 | the file does not exist | uploadAgain
47001 | provider | 请求数据格式错误或字段类型错误 | the body cannot be parsed or a field has the wrong type | report
47002 | provider | 请求含有 \\uXXXX 转义字符 | the request contains \\uXXXX escapes | report
48001 | reauthorize | 接口未授权：缺少权限集或令牌类型不对 | this API is not authorized: a permission set is missing, or the kind of token is wrong | grantSet
48004 | merchant | 此账号的接口权限已被封禁 | this account is banned from using the API | merchantConsole
48006 | wait | 本月的额度重置次数已用完 | the quota resets of this month are used up | nextMonth
50002 | merchant | 账号受限、被冻结或已注销 | the account is restricted, frozen or closed | merchantConsole
53010 | merchant | 名称格式不合法 | the format of the name is not allowed | contactMerchant
53011 | retry | 名称检测过于频繁 | names were checked too often | later
53012 | merchant | 名称被禁用 | the name is banned | contactMerchant
53013..53019 | merchant | 名称重复、受保护或不可用 | the name is taken, protected or not available | contactMerchant
53200 | merchant | 本月简介修改次数已用完 | the introduction cannot be changed again this month | nextMonth
53201 | merchant | 简介含有违禁词 | the introduction contains banned words | contactMerchant
53202 | merchant | 本月头像修改次数已用完 | the picture cannot be changed again this month | nextMonth
53300 | merchant | 本月类目添加次数已用完 | no more categories can be added this month | nextMonth
53301 | merchant | 类目数量已达上限 | the mini program has as many categories as allowed | merchantConsole
53302 | merchant | 此主体不能使用该类目，须换一个类目 | the owner of this account may not use the category | category
53303 | provider | 类目参数有误 | the category is not valid | argument
53304 | readBack | 类目已存在 | the category was already added | readBack
53305 | merchant | 小程序尚未完成备案 | the mini program has no ICP filing yet | merchantConsole
53306..53312 | merchant | 类目状态或资质不允许此操作 | the state of the category or its documents do not allow this | category
61000..61002 | provider | 第三方平台的类型或 appid 不符 | the type or appid of the platform does not fit this call | report
61003 | reauthorize | 此账号没有授权给本平台 | this account has not authorized the platform | reauthorize
61004 | provider | 调用方 IP 不在第三方平台白名单 | the calling IP address is not on the whitelist of the platform | whitelist
61005 | retry | component_verify_ticket 已过期 | the ticket has expired | ticket
61006 | retry | component_verify_ticket 无效 | the ticket is not valid | ticket
61007 | reauthorize | 接口没有授权给第三方平台 | this API is not granted to the platform | grantSet
61008 | provider | 请求中有重复的键 | the request has the same key twice | report
61009 | readBack | 授权码无效或已使用 | the authorization code is not valid or was already used | reauthorize
61010 | readBack | 授权码已过期 | the authorization code has expired | reauthorize
61011 | provider | 第三方平台无效 | the platform is not valid | secret
61012 | provider | 选项名无效 | the name of the option is not valid | argument
61013 | provider | 选项值无效 | the value of the option is not valid | argument
61014 | provider | 须使用第三方平台的令牌 | the platform token must be used | report
61015 | provider | 须使用授权方的令牌 | the token of the account must be used | report
61016 | reauthorize | 权限集需要商户确认 | the merchant has to confirm the permission set | grantSet
61017 | reauthorize | 没有授予该权限集 | the permission set is not granted | grantSet
61023 | reauthorize | refresh_token 无效 | the refresh token is not valid | reauthorize
61024 | provider | 须用 api_component_token 获取令牌 | the token must come from api_component_token | report
61025 | provider | 选项只读 | the option is read-only | argument
61026 | provider | 注册被拒绝 | the registration was refused | report
61027 | provider | 注册次数已达上限 | no more registrations are possible at the moment | later
61028 | provider | 第三方平台尚未全网发布 | the platform is not published yet | publish
61029 | provider | 须选择基础权限集并重新全网发布 | the platform must be published again with the basic permission sets | publish
61030 | provider | 不允许取消授权 | the authorization cannot be withdrawn | report
61031 | readBack | 该接口的申请正在审核中 | the application for this interface is already under review | readBack
61032 | provider | 视频不是 MP4 格式 | the video is not an MP4 file | uploadAgain
61033 | retry | 素材下载失败 | the file could not be downloaded | busy
61034 | provider | 缺少参数 | a parameter is missing | argument
61035 | readBack | 接口无须申请、名称有误或已获得权限 | the interface needs no application, its name is wrong, or it was already granted | readBack
61036 | merchant | 小程序的类目不符合申请条件 | the categories of the mini program do not qualify for this interface | category
61037 | provider | 内容不是 UTF-8 编码 | the content is not UTF-8 | report
61038 | retry | 申请过于频繁 | applications are sent too often | minute
61039 | wait | 代码的隐私检测尚未完成 | the privacy scan of the code is not finished yet | scan
61040 | provider | 代码使用了未声明或未获权限的隐私接口 | the code uses a privacy interface that is not declared or not granted | privacy
61041 | provider | 没有设置订单页路径 | the path of the order page is not set | argument
61051..61057 | merchant | 不符合快速注册条件 | the conditions for quick registration are not met | contactMerchant
61058 | retry | ticket 暂时无效 | the ticket is not valid yet | later
61059..61069 | merchant | 不符合快速注册条件 | the conditions for quick registration are not met | contactMerchant
61070 | merchant | 法定代表人的姓名、证件号与微信实名信息不一致 | the name and ID number of the legal representative do not match the WeChat account's verified identity | contactMerchant
76003 | provider | cgi_path 错误 | the cgi_path is wrong | argument
76022 | provider | 该路径不支持查询额度 | the quota of this path cannot be read | argument
80051 | provider | 代码包超过大小限制 | the package is too large | smaller
80066 | provider | 插件版本无效 | the version of the plugin is not valid | plugin
80067 | provider | 找不到插件 | the plugin was not found | plugin
80082 | merchant | 没有该插件的使用权限 | the mini program may not use this plugin | plugin
85001 | merchant | 微信号不存在或不允许被搜索 | the WeChat ID does not exist or cannot be searched for | tester
85002 | merchant | 小程序的体验者数量已达上限 | the mini program has as many testers as allowed | tester
85003 | merchant | 该微信号可体验的小程序数量已达上限 | this user already tests as many mini programs as allowed | tester
85004 | readBack | 该微信号已是体验者 | this user is already a tester | readBack
85005 | provider | appid 未绑定到此账号 | the appid is not bound to this account | report
85006 | provider | 标签格式错误 | the tags are malformed | argument
85007 | provider | 页面路径错误 | the path of the page is wrong | argument
85008 | merchant | 类目未添加或未通过审核 | the category was not added or is not approved | category
85009 | readBack | 已有版本在审核中 | a version is already under review | withdraw
85010 | provider | item_list 中有空项 | item_list has an empty item | argument
85011 | provider | 标题错误 | the title is wrong | argument
85012 | provider | 审核编号（auditid）无效 | the auditid is not valid | argument
85013 | provider | ext_json 配置无效 | ext_json is not valid | extJson
85014 | provider | 没有这个模板 | there is no such template | template
85015 | provider | 此账号不是小程序 | the account is not a mini program | unsupported
85016 | provider | 域名过多 | there are too many domains | fewerDomains
85017 | readBack | 域名没有变化 | the domains are unchanged | readBack
85018 | provider | 第三方平台的域名列表中没有此域名 | the platform's list of domains lacks this domain | platformDomain
85019 | readBack | 没有审核中的版本 | no version is under review | readBack
85020 | wait | 审核状态不允许发布 | a version in this state of review cannot be released | approved
85021 | wait | 当前状态不允许此操作 | the current state does not allow this | approved
85022 | provider | action 无效 | the action is not valid | report
85023 | provider | 审核项数量须为 1 至 5 | a submission needs 1 to 5 items | argument
85024..85042 | merchant | 不满足注册、名称或「附近的小程序」的条件 | a condition for registration, the name or “mini programs nearby” is not met | contactMerchant
85043 | provider | 模板已损坏 | the template is broken | template
85044 | provider | 代码包超过大小限制 | the package is too large | smaller
85045 | provider | ext_json 中的页面不存在 | a page named in ext_json does not exist | extJson
85046 | provider | tabBar 缺少 pagePath | the tabBar lacks a pagePath | extJson
85047 | provider | pages 为空 | pages is empty | extJson
85048 | provider | ext_json 无法解析 | ext_json cannot be parsed | extJson
85050 | readBack | 认证正在进行，请勿重复提交 | a verification is already running | waitReview
85051 | provider | version_desc 或 preview_info 过长 | version_desc or preview_info is too long | argument
85052 | readBack | 该版本已发布 | the version was already released | readBack
85053..85057 | merchant | 不满足注册或门店功能的条件 | a condition for registration or store features is not met | contactMerchant
85058 | readBack | 没有审核记录 | there is no record of a review | readBack
85060 | provider | taskid 无效 | the taskid is not valid | argument
85064 | provider | 找不到模板或草稿 | the template or draft was not found | template
85065 | provider | 模板库已满（200 个） | the template library is full (200) | deleteTemplate
85066..85075 | provider | 二维码规则有误 | the rule for QR-code links is not valid | argument
85077 | merchant | 类目已失效 | the category is no longer valid | category
85078 | provider | 操作人信息有误 | the details of the person who acts are wrong | report
85079 | provider | 没有线上版本，不能灰度发布 | a gray release needs a live version | releaseToAll
85080 | wait | 版本尚未审核通过 | the version is not approved yet | approved
85081 | provider | 灰度比例无效 | the percentage of the gray release is not valid | argument
85082 | provider | 灰度比例只能增大 | the percentage of the gray release can only grow | argument
85083 | merchant | 搜索功能被封禁 | the mini program is banned from search | merchantConsole
85084 | provider | 搜索状态只能为 0 或 1 | the search status must be 0 or 1 | argument
85085 | wait | 平台本月的提审额度已用完 | the platform's review quota for this month is used up | reviewQuota
85086 | provider | 提审前须先上传代码 | code must be committed before a submission | commit
85087 | provider | 代码跳转到其他小程序，但没有在 navigateToMiniProgramAppIdList 中声明 | the code opens other mini programs without declaring them | extJson
85088 | merchant | 没有云开发权限 | the account may not use cloud development | merchantConsole
85089 | provider | 找不到配置 | the configuration was not found | argument
85090 | retry | 该小程序暂时不能上传代码 | code cannot be committed to this mini program at the moment | later
85091 | merchant | 小程序的搜索已关闭 | search is switched off for this mini program | merchantConsole
85092 | provider | preview_info 格式错误 | preview_info is malformed | argument
85093 | provider | preview_info 的素材过多 | preview_info has too many files | argument
85094 | provider | 须用 ugc 说明用户生成内容（UGC）的审核机制 | a statement on how user content (UGC) is moderated is required | argument
85301 | provider | 部分域名不合规 | some domains do not comply with the rules | domain
85302 | merchant | 部分域名未备案 | some domains lack an ICP filing | domain
85303 | merchant | 部分域名不合规或未备案 | some domains do not comply with the rules or lack an ICP filing | domain
85310 | provider | requiredPrivateInfos 含有错误的接口名 | requiredPrivateInfos names an interface that does not exist | extJson
85311 | provider | requiredPrivateInfos 中的接口互斥 | requiredPrivateInfos names interfaces that exclude each other | extJson
85312 | provider | requiredPrivateInfos 含有未获权限的接口 | requiredPrivateInfos names an interface that is not granted | privacy
86000 | provider | 须由第三方平台代小程序调用 | only a third-party platform may call this, on behalf of the mini program | report
86001 | provider | 没有由第三方平台上传的代码 | the platform has not committed any code | commit
86002 | merchant | 小程序没有设置名称、头像或简介 | the mini program lacks its name, picture or introduction | merchantConsole
86003 | merchant | 缺少商城类目 | the shopping category is missing | category
86004 | merchant | 微信号无效 | the WeChat ID is not valid | contactMerchant
86005 | merchant | 该微信号操作过于频繁 | this WeChat ID was used too often | later
86006 | provider | 群发额度不足 | the quota for broadcast messages is used up | later
86007 | merchant | 小程序被禁止提审 | the mini program is banned from submitting versions | merchantConsole
86008..86010 | provider | 平台的提审能力受限 | the platform is restricted from submitting versions | punished
86020 | retry | 素材上传失败 | the upload failed | uploadAgain
86021 | merchant | 企业不在正常经营状态 | the enterprise is not in operation | contactMerchant
86022 | merchant | 企业名称与代码不一致 | the name and the code of the enterprise do not match | contactMerchant
86030..86036 | merchant | 不符合个人小程序注册条件 | the conditions for registration by an individual are not met | contactMerchant
86040 | provider | 个人主体的第三方平台不能调用此接口 | a platform owned by an individual may not call this | unsupportedPlatform
86069 | provider | 用户隐私保护指引缺少字段 | a field of the privacy guideline is missing | guideline
86071 | provider | privacy_ver 无效 | privacy_ver is not valid | guideline
86072 | provider | 存储期限格式错误 | store_expire_timestamp is malformed | guideline
86074 | provider | 还没有线上版本，不能设置其用户隐私保护指引，version 须为 2 | there is no live version; only the privacy guideline of the development version (2) can be set | guideline
86100 | provider | 域名协议错误 | the domain has the wrong scheme | domain
86101 | provider | 不能设置 api.weixin.qq.com | api.weixin.qq.com is not allowed | domain
86102 | wait | 本月域名修改次数已达 50 次 | the domains were already changed 50 times this month | nextMonth
86103 | provider | 微信没有读到业务域名的校验文件 | WeChat could not read the verification file of the web-view domain | domainFile
86202 | merchant | 备案申请未通过校验，见返回的 hints | the application for the filing was refused; hints says why | filingHints
86301 | retry | 备案服务异常 | the filing service had an error | busy
86302 | merchant | 备案材料的图片与所填文字不一致 | a picture of the filing and the text given do not match | contactMerchant
86308 | merchant | 备案证件的有效期不合要求 | the validity period of a certificate of the filing does not meet the requirements | contactMerchant
86324 | readBack | 备案正在审批中 | the filing is already awaiting approval | waitReview
86328 | provider | 备案的资源、图片或任务不存在或无法读取 | a resource, picture or task of the filing does not exist or cannot be read | filingResource
86358 | readBack | 已有未完成的备案订单 | an unfinished filing order exists | waitReview
87006 | merchant | 小游戏不能通过接口提审 | mini games cannot be submitted through the API | unsupported
87007..87010 | provider | 登录态校验失败 | the login could not be verified | newCode
87011 | readBack | 正在灰度发布，不能回退 | a gray release is running, so a rollback is not possible | cancelGray
87012 | provider | 不能回退到该版本 | it is not possible to roll back to this version | noWayBack
87013 | wait | 撤回审核的次数已用完（每天 5 次，每月 10 次） | no more reviews can be withdrawn (5 a day, 10 a month) | tomorrowOnly
87072 | provider | 存储期限格式错误 | store_expire_timestamp is malformed | guideline
89000 | readBack | 已绑定开放平台账号 | the account is already bound to an open platform account | readBack
89001..89004 | provider | 开放平台账号不符合条件 | the open platform account does not qualify | argument
89014 | provider | 基础库版本无效 | the version of the base library is not valid | argument
89019 | readBack | 业务域名没有变化 | the web-view domains are unchanged | readBack
89020 | provider | 第三方平台未设置业务域名 | the platform has no web-view domain yet | platformDomain
89021 | provider | 不是第三方平台的业务域名或其子域名 | it is neither a web-view domain of the platform nor a subdomain of one | platformDomain
89022 | readBack | 要删除的域名不存在 | the domain to delete does not exist | readBack
89029 | provider | 业务域名过多 | there are too many web-view domains | fewerDomains
89030 | wait | 本月操作次数已达上限 | this cannot be done again this month | nextMonth
89031..89032 | merchant | 成员或绑定数量已达上限 | there are as many members or bound users as allowed | members
89033..89034 | provider | 体验者标识为空或无效 | the ID of the tester is empty or not valid | argument
89231 | merchant | 个人主体不能设置业务域名 | accounts of individuals cannot set web-view domains | unsupported
89235 | merchant | 主体在黑名单中 | the owner of the account is blocked | merchantConsole
89236 | provider | 不能申请该插件 | it is not possible to apply for this plugin | plugin
89237 | readBack | 已添加该插件 | the plugin was already added | readBack
89238 | merchant | 插件数量已达上限 | the mini program has as many plugins as allowed | plugin
89239 | provider | 插件不存在 | the plugin does not exist | plugin
89240..89244 | provider | 插件申请的状态不允许此操作 | the state of the application for the plugin does not allow this | plugin
89245 | provider | 该小程序不能被关联 | this mini program cannot be linked | argument
89246 | merchant | 该插件仅限特定小程序 | the plugin is reserved for certain mini programs | plugin
89247 | retry | 注册服务内部错误 | an internal error of WeChat's registration service | busy
89248 | provider | 企业代码类型错误 | the type of the company code is wrong | argument
89249 | wait | 已有注册任务，24 小时内只能注册一次 | a registration is already running; only one is possible in 24 hours | waitReview
89250 | provider | 找不到注册任务 | there is no such registration | argument
89251 | wait | 等待法定代表人人脸核验 | the legal representative has not passed the face check yet | waitReview
89252 | wait | 正在核验信息是否一致 | WeChat is checking whether the details match | waitReview
89253 | provider | 缺少参数，或正在核验 | a parameter is missing, or a check is running | argument
89254 | provider | 第三方平台缺少权限集 | the platform lacks a permission set | publish
89255 | provider | 企业代码无效 | the company code is not valid | argument
89256 | token | 令牌信息有误 | the token does not match | token
89257 | provider | 此插件版本不支持快速更新 | this version of the plugin does not support quick updates | plugin
89258 | provider | 插件正在灰度发布 | a gray release of the plugin is running | waitReview
89259 | provider | 线上版本正在使用的插件不能移除 | a plugin that the live version uses cannot be removed | plugin
89295 | provider | 个人主体的第三方平台不能为企业注册 | a platform owned by an individual may not register enterprises | unsupportedPlatform
89401 | retry | 加急系统暂时不稳定 | the system for faster reviews is unstable at the moment | later
89402 | wait | 审核单不在待审队列中 | the submission is not in the review queue | waitReview
89403 | wait | 此类审核不能加急 | this kind of review cannot be made faster | noHurry
89404 | readBack | 已申请加急 | a faster review was already asked for | readBack
89405 | wait | 加急额度已用完 | the quota for faster reviews is used up | nextMonth
91001 | merchant | 不是通过快速注册创建的小程序 | the mini program was not made by quick registration | merchantConsole
91002 | merchant | 小程序已发布，不能改名 | the mini program is published and cannot be renamed | merchantConsole
91003 | merchant | 小程序状态不允许改名 | the state of the mini program does not allow a new name | merchantConsole
91004 | merchant | 名称不合规 | the name is not allowed | contactMerchant
91005 | merchant | 名称处于 15 天保护期 | the name is protected for 15 days | contactMerchant
91006 | merchant | 名称与微信号重复 | the name is the same as a WeChat ID | contactMerchant
91007 | merchant | 名称已被占用 | the name is taken | contactMerchant
91008 | merchant | 名称处于 7 天侵权保护期 | the name is protected for 7 days after an infringement | contactMerchant
91009 | merchant | 须提交证明材料 | documents have to be handed in | contactMerchant
91010..91019 | merchant | 名称审核未通过，或改名受限 | the name was rejected, or renaming is restricted | contactMerchant
91030 | wait | 此微信号今日注册次数已用完 | this WeChat ID has used up today's registrations | tomorrowOnly
9400001 | provider | 开发小程序有直播权限，不能用来上传模板 | the development mini program has the live-streaming permission, so that no template can be made from it | otherDeveloper
9402202 | wait | 请求过于频繁，前一次尚未完成 | calls come too often; the previous one is not finished yet | later
9402203 | provider | 标准模板的 ext_json 含有不允许的键 | ext_json of a standard template has keys that are not allowed | extJson
9410013 | provider | 预拉取的 action 无效 | the action for data prefetching is not valid | argument
9410016 | provider | 预拉取的域名无效 | the domain for data prefetching is not valid | domain
9420000 | wait | 本月的 DNS 预解析修改次数已用完 | the DNS prefetch settings cannot be changed again this month | nextMonth
9420001 | provider | DNS 预解析域名不合规 | a domain for DNS prefetching is not allowed | domain
9420002 | provider | DNS 预解析域名过多 | there are too many domains for DNS prefetching | fewerDomains
`
