/** What to do, by name: in Chinese and in English; then the same where a console's buttons do it. */
export const cures = {
  busy: [
    '稍后重试；若持续出现，请核对请求内容或联系微信客服。',
    'Try again shortly; if it stays, check the request or ask WeChat support.',
  ],
  token: [
    '系统会自动刷新令牌并重试一次；仍失败请检查 AppSecret 与令牌类型。',
    'The token is refreshed and the call repeated once; if that fails, check the app secret and the kind of token.',
  ],
  secret: [
    '在微信开放平台核对 COMPONENT_APPID 与 COMPONENT_APPSECRET 并重新部署。',
    'Check COMPONENT_APPID and COMPONENT_APPSECRET in the open platform console and deploy again.',
  ],
  argument: ['按提示修正请求参数后再提交。', 'Correct the argument and call again.'],
  newCode: ['请用户重新操作以获得新的 code。', 'Get a new code from the user and try again.'],
  report: [
    '这是调用方式问题，请把 rid 交给服务商的开发者。',
    'The call itself is wrong: give the rid to the developers of the platform.',
  ],
  reauthorize: [
    '请商户通过新的授权链接重新授权(bindings.createLink)。',
    'Send the merchant a new authorization link (bindings.createLink).',
    '请生成新的授权链接，让商户重新授权。',
    'Send the merchant a new authorization link.',
  ],
  grantSet: [
    '请商户重新授权并勾选所需权限集；权限集也须先在开放平台控制台选择并全网发布。',
    'Have the merchant authorize again with the permission set ticked; it must first be chosen in the console and published.',
  ],
  ticket: [
    '等待下一次 ticket 推送(约 10 分钟)；也可调用 api_start_push_ticket，或检查授权事件接收 URL、Token 与 EncodingAESKey。',
    'Wait for the next ticket (about 10 minutes), call api_start_push_ticket, or check the event URL, token and EncodingAESKey.',
  ],
  whitelist: [
    '把函数的固定出口 IP 加入开放平台的白名单 IP 地址列表，并全网发布。',
    'Add the fixed egress IP of the functions to the IP whitelist in the open platform console and publish.',
  ],
  publish: [
    '在开放平台控制台完成全网发布，或把该账号的原始 ID 加入授权测试列表。',
    'Publish the platform (全网发布), or put the original id of the account on the test list.',
  ],
  tomorrow: ['次日自动恢复；急用可在控制台重置额度。', 'It recovers the next day; the console can reset the count.'],
  minute: ['约一分钟后重试。', 'Try again in about a minute.'],
  nextMonth: [
    '下月自动恢复；也可在控制台申请临时额度。',
    'It recovers next month; the console may grant more meanwhile.',
  ],
  later: ['请稍后再试，不要并发调用。', 'Try again later, one call at a time.'],
  waitReview: ['等待当前流程结束后再操作。', 'Wait until the running step has ended.'],
  readBack: [
    '先查询当前状态，可能已是想要的结果。',
    'Check the current state first: it may be the wanted one already.',
  ],
  merchantConsole: [
    '请商户登录微信公众平台(mp.weixin.qq.com)处理。',
    'The merchant has to settle this on mp.weixin.qq.com.',
  ],
  contactMerchant: ['请商户核对所填资料后重新提交。', 'Have the merchant check the data and submit again.'],
  uploadAgain: ['请重新上传素材。', 'Upload the material again.'],
  category: [
    '请商户在微信公众平台添加并通过所需服务类目。',
    'The merchant needs an approved category on mp.weixin.qq.com.',
  ],
  template: [
    '用 templates.list 查看现有模板，换用有效的模板 ID。',
    'See templates.list and use a template that exists.',
    '请在「模板」页选择现有模板。',
    'Choose one that exists under Templates.',
  ],
  deleteTemplate: [
    '删除不用的模板(templates.delete)后再添加。',
    'Delete templates that are no longer used (templates.delete).',
    '请在「模板」页删除不用的模板后再添加。',
    'Delete templates that are no longer used under Templates.',
  ],
  extJson: [
    '用 releases.commit 的 ext、extJson 修正后重新提交代码。',
    'Correct ext or extJson and commit again.',
    '请修正扩展配置后重新提交代码。',
    'Correct the settings and commit again.',
  ],
  smaller: ['请开发者缩小代码包后重新上传模板。', 'The developer has to make the package smaller and upload it again.'],
  commit: [
    '先提交代码(releases.commit)再提审。',
    'Commit code first (releases.commit).',
    '请先提交代码，再提审。',
    'Commit code first, then submit it.',
  ],
  withdraw: [
    '等待审核结果，或先撤回(releases.withdraw)。',
    'Wait for the result or withdraw it first (releases.withdraw).',
    '请等待审核结果，或先撤回审核。',
    'Wait for the result, or withdraw the review first.',
  ],
  approved: [
    '审核通过后才能发布，请查看 releases.status。',
    'Only an approved version can be released; see releases.status.',
    '审核通过后才能发布，请查看版本状态。',
    'Only an approved version can be released; see its state.',
  ],
  scan: ['约一分钟后只重试提审，不要重新提交代码。', 'Submit again in about a minute, without committing again.'],
  privacy: [
    '在 requiredPrivateInfos 中声明并申请接口，或设置 privacyApiNotUse。',
    'Declare it in requiredPrivateInfos and apply for it, or set privacyApiNotUse.',
  ],
  guideline: [
    '用 miniprograms.setPrivacy 补全用户隐私保护指引。',
    'Complete the privacy guideline with miniprograms.setPrivacy.',
    '请在商户页补全用户隐私保护指引。',
    "Complete the privacy guideline on the merchant's page.",
  ],
  platformDomain: [
    '先把域名加入第三方平台(platform.setServerDomains / setWebviewDomains)，再设置小程序。',
    'Add the domain to the platform first (platform.setServerDomains, setWebviewDomains).',
    '请先在「设置」的平台域名中添加，再设置小程序。',
    'Add the domain to the platform domains under Settings first.',
  ],
  domain: [
    '核对域名：协议正确、已备案、不含 IP 与 api.weixin.qq.com。',
    'Check the domain: right scheme, ICP filing, no IP address, not api.weixin.qq.com.',
  ],
  fewerDomains: ['减少域名数量后重试。', 'Use fewer domains.'],
  plugin: [
    '核对插件 appid 与版本，并先为小程序添加该插件。',
    'Check the appid and version of the plugin and add it to the mini program first.',
  ],
  tester: ['请核对微信号，或先移除其他体验者。', 'Check the WeChat id, or remove other testers first.'],
  cancelGray: [
    '先结束或取消灰度发布(releases.cancelGray)。',
    'Finish or cancel the gradual release first (releases.cancelGray).',
    '请先完成或取消灰度发布。',
    'Finish or cancel the gray release first.',
  ],
  unsupported: [
    '该账号不支持此功能，请在微信公众平台操作。',
    'This account does not support it; use mp.weixin.qq.com.',
  ],
  punished: [
    '服务商提审能力受限，请在开放平台控制台查看违规记录并申诉。',
    'The platform was restricted; see the violations in the console and appeal.',
  ],
} as const

/**
 * Section 10 of the reference: errcode or first..last | move | meaning in Chinese | in English | cure.
 * @see https://developers.weixin.qq.com/doc/oplatform/Return_codes/Return_code_descriptions_new.html
 */
export const errcodeTable = `
-1 | retry | 系统繁忙 | the system is busy | busy
40001 | token | access_token 无效或不是最新的，或 AppSecret 错误 | the token is invalid or not the latest, or the app secret is wrong | token
40005 | provider | 素材类型不合法 | the type of the material is not allowed | uploadAgain
40006 | provider | 素材大小不合法 | the size of the material is not allowed | uploadAgain
40007 | provider | media_id 无效 | the media_id is invalid | uploadAgain
40009 | provider | 图片大小不合法 | the size of the picture is not allowed | uploadAgain
40013 | provider | appid 无效 | the appid is invalid | secret
40014 | token | access_token 不合法 | the token is not valid | token
40029 | provider | code 无效 | the code is invalid | newCode
40033 | provider | 请求含有 \\uXXXX 转义字符 | the request contains \\uXXXX escapes | report
40048 | provider | URL 不合法 | the URL is invalid | argument
40066 | provider | URL 不合法 | the URL is invalid | argument
40097 | provider | 参数错误 | an argument is invalid | argument
40125 | provider | AppSecret 无效 | the app secret is invalid | secret
40164 | provider | 调用方 IP 不在白名单 | the calling IP address is not on the whitelist | whitelist
40166 | provider | 该账号不是小程序 | the account is not a mini program | unsupported
40170 | provider | 数量过大 | the count is too large | argument
41001 | token | 缺少 access_token | the token is missing | token
41002 | provider | 缺少 appid | the appid is missing | report
41004 | provider | 缺少 secret | the secret is missing | secret
41005 | provider | 缺少素材数据 | the data of the material is missing | uploadAgain
41006 | provider | 缺少 media_id | the media_id is missing | argument
41018 | provider | 缺少 component_appid | component_appid is missing | report
41021 | provider | 缺少 component_access_token | component_access_token is missing | report
41030 | provider | 页面路径在线上版本中不存在 | the page does not exist in the online version | argument
41033 | provider | 仅支持通过接口创建的小程序 | only for mini programs that were created through the API | unsupported
42001 | token | access_token 已过期 | the token has expired | token
42002 | reauthorize | refresh_token 已过期 | the refresh token has expired | reauthorize
42006 | token | component_access_token 已过期 | the component token has expired | token
42007 | reauthorize | 账号已修改密码，令牌失效 | the password of the account was changed, its tokens are void | reauthorize
43001 | provider | 需要 GET 请求 | needs a GET request | report
43002 | provider | 需要 POST 请求 | needs a POST request | report
44002 | provider | POST 数据为空 | the body of the POST is empty | report
45009 | wait | 接口当日调用次数已达上限 | the daily quota of this API is used up | tomorrow
45011 | wait | 接口调用过于频繁 | the limit per minute is reached | minute
45035 | provider | 调用方 IP 未登记 | the calling IP address is not registered | whitelist
45082 | merchant | 域名需要 ICP 备案 | the domain needs an ICP filing | domain
46001 | provider | 素材不存在 | the material does not exist | uploadAgain
47001 | provider | 请求数据格式错误或字段类型错误 | the body cannot be parsed or a field has the wrong type | report
47002 | provider | 请求含有 \\uXXXX 转义字符 | the request contains \\uXXXX escapes | report
48001 | reauthorize | 接口未授权：缺少权限集或令牌类型不对 | the API is not authorized: a permission set is missing or the kind of token is wrong | grantSet
48004 | merchant | 该账号的接口已被封禁 | the API is banned for this account | merchantConsole
48006 | wait | 本月重置额度的次数已用完 | the quota resets of the month are used up | nextMonth
50002 | merchant | 账号被冻结或已注销 | the account is limited, frozen or closed | merchantConsole
53010 | merchant | 名称格式不合法 | the format of the name is not allowed | contactMerchant
53011 | retry | 名称检测过于频繁 | the name was checked too often | later
53012 | merchant | 名称被禁止 | the name is banned | contactMerchant
53013..53019 | merchant | 名称重复、受保护或不可用 | the name is taken, protected or not available | contactMerchant
53200 | merchant | 本月简介修改次数已用完 | the introduction was changed too often this month | nextMonth
53201 | merchant | 简介含有违禁词 | the introduction contains banned words | contactMerchant
53202 | merchant | 本月头像修改次数已用完 | the picture was changed too often this month | nextMonth
53300 | merchant | 本月类目添加次数已用完 | the category changes of the month are used up | nextMonth
53301 | merchant | 类目数量已达上限 | the number of categories is at its limit | category
53302 | merchant | 该主体不能使用此类目 | the subject may not use this category | category
53303 | provider | 类目参数错误 | the category argument is wrong | argument
53304 | readBack | 类目已存在 | the category is there already | readBack
53305 | merchant | 尚未完成备案 | the ICP filing is missing | merchantConsole
53306..53312 | merchant | 类目状态或资质不允许此操作 | the state or the documents of the category rule this out | category
61000..61002 | provider | 第三方平台类型或 appid 不符 | the platform does not fit this call | report
61003 | reauthorize | 该账号未授权给本平台 | the account is not authorized to this platform | reauthorize
61004 | provider | 调用方 IP 不在第三方平台白名单 | the calling IP address is not on the whitelist of the platform | whitelist
61005 | retry | component_verify_ticket 已过期 | the ticket has expired | ticket
61006 | retry | component_verify_ticket 无效 | the ticket is invalid | ticket
61007 | reauthorize | 接口未授权给第三方平台 | the API is not granted to the platform | grantSet
61008 | provider | 请求中有重复的键 | the request has a key twice | report
61009 | readBack | 授权码无效或已使用 | the authorization code is invalid or used | reauthorize
61010 | readBack | 授权码已过期 | the authorization code has expired | reauthorize
61011 | provider | 第三方平台无效 | the platform is invalid | secret
61012 | provider | 选项名无效 | the option name is invalid | argument
61013 | provider | 选项值无效 | the option value is invalid | argument
61014 | provider | 必须使用第三方平台令牌 | the component token must be used | report
61015 | provider | 必须使用授权方令牌 | the token of the authorizer must be used | report
61016 | reauthorize | 权限集需要商户确认 | the permission set needs to be confirmed | grantSet
61017 | reauthorize | 权限集未授权 | the permission set is not granted | grantSet
61023 | reauthorize | refresh_token 无效 | the refresh token is invalid | reauthorize
61024 | provider | 须用 api_component_token 获取令牌 | the token must come from api_component_token | report
61025 | provider | 选项只读 | the option is read-only | argument
61026 | provider | 注册被拒绝 | the registration was denied | report
61027 | provider | 注册次数已达上限 | the limit of registrations is reached | later
61028 | provider | 第三方平台尚未全网发布 | the platform is not published | publish
61029 | provider | 须选择基础权限集并重新全网发布 | the platform must be published again with the base sets | publish
61030 | provider | 不允许取消授权 | the authorization may not be cancelled | report
61031 | readBack | 该接口正在审核中 | the interface is under review already | readBack
61032 | provider | 视频不是 mp4 格式 | the video is not an mp4 file | uploadAgain
61033 | retry | 素材下载失败 | the material could not be downloaded | busy
61034 | provider | 缺少参数 | an argument is missing | argument
61035 | readBack | 接口无需申请、名称错误或已有权限 | the interface needs no application, is misspelled or already granted | readBack
61036 | merchant | 小程序类目不符合申请条件 | the category of the mini program is not eligible | category
61037 | provider | 内容不是 UTF-8 | the content is not UTF-8 | report
61038 | retry | 申请过于频繁 | applied too often | minute
61039 | wait | 代码隐私检测尚未完成 | the privacy scan of the committed code is not finished | scan
61040 | provider | 代码使用了未声明或未获权限的隐私接口 | the code uses a privacy interface that is undeclared or not granted | privacy
61041 | provider | 未设置订单页路径 | the order page is not set | argument
61051..61057 | merchant | 不符合快速注册条件 | the conditions for fast registration are not met | contactMerchant
61058 | retry | ticket 暂时无效 | the ticket is not valid yet | later
61059..61069 | merchant | 不符合快速注册条件 | the conditions for fast registration are not met | contactMerchant
61070 | merchant | 法人姓名、证件与微信实名不一致 | name, id and WeChat real name of the legal person differ | contactMerchant
76003 | provider | cgi_path 错误 | the cgi_path is wrong | argument
76022 | provider | 该路径不支持查询额度 | the quota of this path cannot be read | argument
80051 | provider | 代码包大小超过限制 | the package exceeds the size limit | smaller
80066 | provider | 插件版本不合法 | the version of the plugin is illegal | plugin
80067 | provider | 找不到插件 | the plugin was not found | plugin
80082 | merchant | 没有该插件的使用权限 | the plugin may not be used | plugin
85001 | merchant | 微信号不存在或不允许被搜索 | the WeChat id does not exist or cannot be searched | tester
85002 | merchant | 小程序的体验者数量已达上限 | the mini program has its limit of testers | tester
85003 | merchant | 该微信号体验的小程序数量已达上限 | the user tests as many mini programs as allowed | tester
85004 | readBack | 该微信号已绑定 | the user is a tester already | readBack
85005 | provider | appid 未绑定到该账号 | the appid is not bound to this account | report
85006 | provider | 标签格式错误 | the format of the tags is wrong | argument
85007 | provider | 页面路径错误 | the page is wrong | argument
85008 | merchant | 类目未配置或未通过 | the category is not configured or not approved | category
85009 | readBack | 已有版本正在审核 | a version is under review already | withdraw
85010 | provider | item_list 有空项 | an item of the list is empty | argument
85011 | provider | 标题错误 | the title is wrong | argument
85012 | provider | 审核 ID 无效 | the auditid is invalid | argument
85013 | provider | ext_json 配置无效 | ext_json is invalid | extJson
85014 | provider | 模板 ID 不存在 | there is no such template | template
85015 | provider | 该账号不是小程序账号 | the account is not a mini program | unsupported
85016 | provider | 域名数量超过限制 | too many domains | fewerDomains
85017 | readBack | 没有需要变更的域名 | there is no domain to change | readBack
85018 | provider | 域名未在第三方平台设置 | the domain is not set on the platform | platformDomain
85019 | readBack | 没有审核版本 | there is no version under review | readBack
85020 | wait | 审核状态不允许发布 | the state of the review does not allow a release | approved
85021 | wait | 当前状态不允许此操作 | the state does not allow this | approved
85022 | provider | action 无效 | the action is invalid | report
85023 | provider | 审核项数量须为 1 至 5 | a submission needs 1 to 5 items | argument
85024..85042 | merchant | 注册、名称或附近功能的条件不满足 | a condition of registration, naming or nearby features is not met | contactMerchant
85043 | provider | 模板损坏 | the template is broken | template
85044 | provider | 代码包超过大小限制 | the package is too large | smaller
85045 | provider | ext_json 中的页面不存在 | a page of ext_json does not exist | extJson
85046 | provider | tabBar 缺少 pagePath | the tabBar lacks a pagePath | extJson
85047 | provider | pages 为空 | pages is empty | extJson
85048 | provider | ext_json 无法解析 | ext_json cannot be parsed | extJson
85050 | readBack | 正在认证，请勿重复提交 | a verification is running | waitReview
85051 | provider | version_desc 或 preview_info 超长 | version_desc or preview_info is too long | argument
85052 | readBack | 该版本已发布 | the version is released already | readBack
85053..85057 | merchant | 注册或门店功能的条件不满足 | a condition of registration or store features is not met | contactMerchant
85058 | readBack | 没有审核记录 | there is no record of a review | readBack
85060 | provider | taskid 无效 | the taskid is invalid | argument
85064 | provider | 找不到模板或草稿 | the template or draft was not found | template
85065 | provider | 模板库已满(200 个) | the template library is full (200) | deleteTemplate
85066..85075 | provider | 二维码规则错误 | a rule of QR-code links is broken | argument
85077 | merchant | 类目已失效 | the category is no longer valid | category
85078 | provider | 操作人信息错误 | the information about the operator is wrong | report
85079 | provider | 没有线上版本，不能灰度发布 | there is no online version to release gradually | argument
85080 | wait | 版本尚未审核通过 | the version is not approved | approved
85081 | provider | 灰度比例无效 | the percentage is invalid | argument
85082 | provider | 灰度比例只能增大 | the percentage may only grow | argument
85083 | merchant | 搜索功能被封禁 | search is banned for this mini program | merchantConsole
85084 | provider | 搜索状态只能为 0 或 1 | the search status must be 0 or 1 | argument
85085 | wait | 服务商本月提审额度已用完 | the monthly review quota of the platform is used up | nextMonth
85086 | provider | 提审前须先提交代码 | code must be committed before a submission | commit
85087 | provider | 未声明跳转的小程序列表 | navigateToMiniProgram is used without a declared list | extJson
85088 | provider | 没有云开发权限 | there is no cloud privilege | merchantConsole
85089 | provider | 找不到配置 | the configuration was not found | argument
85090 | retry | 请稍后对该小程序重新提交代码 | wait, then commit for this mini program again | later
85091 | merchant | 搜索开关已关闭 | search is switched off | merchantConsole
85092 | provider | preview_info 格式错误 | the format of preview_info is wrong | argument
85093 | provider | preview_info 素材过多 | preview_info has too much material | argument
85094 | provider | 须填写用户生成内容审核机制说明 | the statement on user content (ugc) is required | argument
85301 | provider | 部分域名不合规 | some domains break the rules | domain
85302 | merchant | 部分域名未备案 | some domains lack an ICP filing | domain
85303 | merchant | 部分域名不合规或未备案 | some domains break the rules or lack an ICP filing | domain
85310 | provider | requiredPrivateInfos 含有错误的接口名 | requiredPrivateInfos names a wrong interface | extJson
85311 | provider | requiredPrivateInfos 中的接口互斥 | interfaces of requiredPrivateInfos exclude each other | extJson
85312 | provider | requiredPrivateInfos 含有未获权限的接口 | requiredPrivateInfos names an interface that is not granted | privacy
86000 | provider | 须由第三方平台代小程序调用 | must be called by a platform for the mini program | report
86001 | provider | 没有由第三方提交的代码 | the platform has committed no code | commit
86002 | merchant | 小程序未设置名称、头像或简介 | name, picture or introduction of the mini program is missing | merchantConsole
86003 | merchant | 缺少商城类目 | the mall category is missing | category
86004 | merchant | 微信号无效 | the WeChat id is invalid | contactMerchant
86005 | merchant | 该微信号操作过于频繁 | the WeChat id was used too often | later
86006 | provider | 群发额度不足 | the quota of group messages is used up | later
86007 | merchant | 小程序被禁止提审 | the mini program is forbidden to submit | merchantConsole
86008..86010 | provider | 服务商的提审能力受限 | the submissions of the platform are restricted | punished
86020 | retry | 素材上传失败 | the upload failed | uploadAgain
86030..86036 | merchant | 不符合个人小程序注册条件 | the conditions for registering a person are not met | contactMerchant
86069 | provider | 隐私指引缺少字段 | a field of the privacy guideline is missing | guideline
86071 | provider | privacy_ver 无效 | privacy_ver is invalid | guideline
86072 | provider | 存储期限格式错误 | store_expire_timestamp is malformed | guideline
86074 | provider | 尚无线上版本，不能设置现网隐私指引 | there is no live version whose guideline could be set | guideline
86100 | provider | 域名协议错误 | the domain has the wrong scheme | domain
86101 | provider | 不能设置 api.weixin.qq.com | api.weixin.qq.com is not allowed | domain
86102 | wait | 本月域名修改次数已达 50 次 | the domains were changed 50 times this month | nextMonth
87006 | merchant | 小游戏不能在此提审 | mini games cannot be submitted here | unsupported
87007..87010 | provider | 登录态校验失败 | the login state does not check out | newCode
87011 | readBack | 正在灰度发布，不能回退 | a gradual release is running, a rollback is not possible | cancelGray
87012 | provider | 该版本不能回退 | the version cannot be rolled back | argument
87013 | wait | 撤回次数已用完(每天 5 次，每月 10 次) | the withdrawals are used up (5 a day, 10 a month) | tomorrow
87072 | provider | 存储期限格式错误 | store_expire_timestamp is malformed | guideline
89000 | readBack | 已绑定开放平台账号 | bound to an open-platform account already | readBack
89001..89004 | provider | 开放平台账号不符合条件 | the open-platform account does not qualify | argument
89014 | provider | 基础库版本无效 | the version of the base library is invalid | argument
89019 | readBack | 业务域名没有变化 | the web-view domains are unchanged | readBack
89020 | provider | 第三方平台未设置业务域名 | the platform has no web-view domain yet | platformDomain
89021 | provider | 不是第三方平台的业务域名或其子域名 | not a web-view domain of the platform or below one | platformDomain
89022 | readBack | 要删除的域名不存在 | the domain to delete does not exist | readBack
89029 | provider | 业务域名过多 | too many web-view domains | fewerDomains
89030 | wait | 本月操作次数已达上限 | the operations of the month are used up | nextMonth
89031..89032 | merchant | 成员或绑定数量已达上限 | the limit of members or bindings is reached | tester
89033..89034 | provider | 体验者标识为空或无效 | the tester is empty or invalid | argument
89231 | merchant | 个人主体不能设置业务域名 | a personal subject may not set web-view domains | unsupported
89235 | merchant | 主体在黑名单中 | the subject is blacklisted | merchantConsole
89236 | provider | 该插件不能申请 | the plugin cannot be applied for | plugin
89237 | readBack | 已添加该插件 | the plugin was added already | readBack
89238 | merchant | 插件数量已达上限 | the limit of plugins is reached | plugin
89239 | provider | 插件不存在 | the plugin does not exist | plugin
89240..89244 | provider | 插件申请状态不允许此操作 | the state of the application for the plugin rules this out | plugin
89245 | provider | 该小程序不能被关联 | the mini program may not be linked | argument
89246 | merchant | 该插件仅限特定小程序 | the plugin is reserved for certain mini programs | plugin
89247 | retry | 注册内部错误 | internal error of the registration | busy
89248 | provider | 企业代码类型错误 | the kind of enterprise code is wrong | argument
89249 | wait | 已有注册任务，24 小时内只能一次 | a registration is running; one in 24 hours | waitReview
89250 | provider | 找不到注册任务 | the registration was not found | argument
89251 | wait | 等待法人人脸核验 | waiting for the face check of the legal person | waitReview
89252 | wait | 正在核验一致性 | a consistency check is running | waitReview
89253 | provider | 缺少参数或正在核验 | arguments are missing or a check is running | argument
89254 | provider | 第三方平台缺少权限集 | the platform lacks permission sets | publish
89255 | provider | 企业代码无效 | the enterprise code is invalid | argument
89256 | token | 令牌信息错误 | the information of the token is wrong | token
89257 | provider | 插件版本不支持快速更新 | the version of the plugin cannot be updated quickly | plugin
89258 | provider | 插件正在灰度发布 | the plugin is being released gradually | waitReview
89259 | provider | 线上正在使用的插件不能移除 | a plugin in use online cannot be removed | plugin
89401 | retry | 加急系统不稳定 | the speed-up system is unstable | later
89402 | wait | 审核单不在待审队列 | the submission is not in the queue | waitReview
89403 | merchant | 该类型不能加急 | this kind cannot be sped up | unsupported
89404 | readBack | 已加急 | it was sped up already | readBack
89405 | wait | 加急额度已用完 | the speed-up quota is used up | nextMonth
91001 | merchant | 不是通过接口快速注册的小程序 | not a mini program from fast registration | merchantConsole
91002 | merchant | 小程序已发布，不能改名 | the mini program is published and cannot be renamed | merchantConsole
91003 | merchant | 小程序状态不允许改名 | the state of the mini program rules a renaming out | merchantConsole
91004 | merchant | 名称不合法 | the name is illegal | contactMerchant
91005 | merchant | 名称处于 15 天保护期 | the name is protected for 15 days | contactMerchant
91006 | merchant | 名称与微信号重复 | the name equals a WeChat id | contactMerchant
91007 | merchant | 名称已被占用 | the name is taken | contactMerchant
91008 | merchant | 名称处于 7 天侵权保护期 | the name is protected for 7 days after an infringement | contactMerchant
91009 | merchant | 需要提交证明材料 | documents are needed | contactMerchant
91010..91019 | merchant | 名称审核未通过或流程受限 | the naming failed or is limited | contactMerchant
9400001 | provider | 该开发小程序有直播权限，不能作为开发小程序 | the development mini program has the live-streaming permission: unbind it | report
9402202 | wait | 请求过于频繁，前一次尚未完成 | too frequent: the previous call is not finished | later
9402203 | provider | 标准模板的 ext_json 含有不允许的键 | ext_json of a standard template has keys that are not allowed | extJson
9410013 | provider | 预拉取 action 无效 | the action of fetchdatasetting is invalid | argument
9410016 | provider | 预拉取域名无效 | the domain of fetchdatasetting is invalid | domain
9420000 | wait | 本月 DNS 预解析修改次数已用完 | the prefetch changes of the month are used up | nextMonth
9420001 | provider | DNS 预解析域名不合法 | a prefetch domain is illegal | domain
9420002 | provider | DNS 预解析域名过多 | too many prefetch domains | fewerDomains
`
