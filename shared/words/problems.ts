import type { Words } from './params.ts'

/** Problems and warnings that are no refusal of a call. (A refusal that is kept as a problem has its reason as code.) */
export const problemWords = {
  TICKET_OVERDUE: {
    message: {
      zh: '微信[[已 {minutes} 分钟没有推送 ticket|还没有推送过 ticket]]',
      en: 'WeChat has [[pushed no ticket for {minutes} minutes|not pushed a ticket yet]]',
    },
    hint: {
      zh: '请核对开放平台填写的授权事件接收 URL、消息校验 Token 和消息加解密 Key，确认该地址能在 5 秒内应答，再运行 npm run doctor 逐项排查。',
      en: 'Check the authorization event URL, the message token and the EncodingAESKey in the open platform console, and that the URL answers within 5 seconds. Then run npm run doctor.',
    },
  },
  TOKENS_OVERDUE: {
    message: {
      zh: '有 {count} 个商户的令牌没有按时刷新，将在使用时刷新',
      en: 'Merchants whose tokens were not refreshed in time: {count}; they are refreshed when used',
    },
    hint: {
      zh: '请检查 refreshTokens 的定时触发器是否每 5 分钟运行一次，并查看其日志；数据库套餐较小时请减小 REFRESH_IDLE_DAYS。',
      en: 'Check that the timer of refreshTokens fires every 5 minutes, and read its log. With a small database plan, make REFRESH_IDLE_DAYS smaller.',
    },
  },
  COMPONENT_TOKEN_FAILING: {
    message: {
      zh: '平台令牌连续 {failures} 次刷新失败：{reason:reason}',
      en: 'Refreshing the platform token failed {failures} times in a row: {reason:reason}',
    },
    hint: {
      zh: '请按失败原因处理；详情见 refreshTokens 的日志。',
      en: 'Deal with the cause; the log of refreshTokens has the details.',
    },
  },
  TOKEN_FAILING: {
    message: {
      zh: '商户令牌连续 {failures} 次刷新失败：{reason:reason}',
      en: "Refreshing the merchant's token failed {failures} times in a row: {reason:reason}",
    },
    hint: {
      zh: '请按失败原因处理；详情见 refreshTokens 的日志。',
      en: 'Deal with the cause; the log of refreshTokens has the details.',
    },
  },
  TOKEN_REPLACED_ELSEWHERE: {
    message: {
      zh: '[[{appid} 的|平台的]]令牌提前失效：另有系统也在刷新令牌',
      en: '[[A token of {appid}|The platform token]] expired early: another system refreshes tokens too',
    },
    hint: {
      zh: '请关闭另一系统（例如微管家）的令牌刷新，或让它改用本平台的 tokens.*；令牌只能由一处刷新。',
      en: 'Switch off token refreshing in the other system (for example Weiguanjia), or have it use tokens.* here. Only one system may refresh tokens.',
    },
    consoleHint: {
      zh: '请关闭另一系统（例如微管家）的令牌刷新，或让它从本平台获取令牌；令牌只能由一处刷新。',
      en: 'Switch off token refreshing in the other system (for example Weiguanjia), or have it get its tokens here. Only one system may refresh tokens.',
    },
  },
  REAUTHORIZATION_REQUIRED: {
    message: { zh: '商户[[「{name}」]]需要重新授权', en: '[[“{name}”|The merchant]] has to authorize again' },
    hint: {
      zh: '[[请把此链接发给商户：{link}|请用 bindings.createLink 生成授权链接发给商户。]]',
      en: '[[Send the merchant this link: {link}|Send the merchant a link made with bindings.createLink.]]',
    },
    consoleHint: {
      zh: '[[请把此链接发给商户：{link}|请生成新的授权链接发给商户。]]',
      en: '[[Send the merchant this link: {link}|Create a new authorization link and send it to the merchant.]]',
    },
  },
  AUTHORIZATION_LOST: {
    message: {
      zh: '商户[[「{name}」]]已同意授权，但授权码没有换到令牌',
      en: '[[“{name}”|A merchant]] agreed to authorize, but the authorization code could not be exchanged for tokens',
    },
    hint: {
      zh: '请让商户再授权一次。[[授权链接：{link}|用 bindings.createLink 生成授权链接。]]',
      en: 'Have the merchant authorize once more[[: {link}| through a link made with bindings.createLink.]]',
    },
    consoleHint: {
      zh: '请让商户再授权一次。[[授权链接：{link}|生成授权链接后发给商户。]]',
      en: 'Have the merchant authorize once more[[: {link}| through a new authorization link.]]',
    },
  },
  BINDING_CONFLICT: {
    message: {
      zh: '商户刚授权的账号没有绑定[[到业务 {wantedBy}]]：{reason:reason}',
      en: 'A newly authorized account was not bound[[ to the business {wantedBy}]]: {reason:reason}',
    },
    hint: {
      zh: '如确需改绑，请调用 bindings.bind 并设 replace 为 true；改绑会记入操作记录。',
      en: 'If it should move, call bindings.bind with replace set to true; this is written to the activity log.',
    },
    consoleHint: {
      zh: '如确需改绑，请在商户页解除原绑定后重新绑定。',
      en: "If it should move, unbind the current account on the merchant's page and bind again.",
    },
  },
  SUBSCRIPTION_FAILING: {
    message: {
      zh: '业务服务器 {host} 已有一小时没有接收事件',
      en: 'The business server at {host} has accepted no events for an hour',
    },
    hint: {
      zh: '请检查业务服务器的接收地址，失败原因见 subscriptions.list。事件保留 3 天，恢复后按顺序补发。',
      en: 'Check the endpoint; subscriptions.list has the cause. Events are kept for 3 days and delivered in order once it recovers.',
    },
    consoleHint: {
      zh: '请检查业务服务器的接收地址，失败原因见「订阅」。事件保留 3 天，恢复后按顺序补发。',
      en: 'Check the endpoint; the cause is shown under Subscriptions. Events are kept for 3 days and delivered in order once it recovers.',
    },
  },
  SUBSCRIPTION_SWITCHED_OFF: {
    message: {
      zh: '业务服务器 {host} 连续 3 天没有接收事件，已停止投递',
      en: 'The business server at {host} accepted no events for 3 days; delivery has stopped',
    },
    hint: {
      zh: '请修复后用 subscriptions.put 重新启用（enabled 设为 true）；错过的内容可从 bindings.list、releases.list 和 events.list 补取。',
      en: 'Repair it, then switch the subscription on again with subscriptions.put (enabled: true). Read what it missed with bindings.list, releases.list and events.list.',
    },
    consoleHint: {
      zh: '请修复后在「订阅」中重新启用；错过的内容可从商户、版本和推送列表补取。',
      en: 'Repair it, then switch it on again under Subscriptions. What it missed is in the lists of merchants, releases and pushes.',
    },
  },
  RECEIVER_REFUSED: {
    message: { zh: '接收方应答了 HTTP {status}', en: 'The receiver answered with HTTP {status}' },
    hint: {
      zh: '接收方须以 2xx 应答；请查看其日志，恢复后自动重试。',
      en: 'It has to answer with 2xx: look at its log. The event is tried again by itself.',
    },
  },
  RECEIVER_SILENT: {
    message: { zh: '接收方在 {seconds} 秒内没有应答', en: 'The receiver did not answer within {seconds} seconds' },
    hint: {
      zh: '请让接收方先应答再处理事件；恢复后自动重试。',
      en: 'Have it answer first and handle the event afterwards. The event is tried again by itself.',
    },
  },
  RECEIVER_NOT_REACHED: {
    message: { zh: '连接不上接收方[[（{cause}）]]', en: 'The receiver could not be reached[[ ({cause})]]' },
    hint: {
      zh: '请检查接收方的地址、域名解析与证书；恢复后自动重试。',
      en: 'Check its address, name and certificate. The event is tried again by itself.',
    },
  },
  SUBSCRIPTION_DELETED: {
    message: { zh: '订阅已被删除', en: 'The subscription was deleted' },
    hint: {
      zh: '请新建订阅；错过的内容可从列表补取。',
      en: 'Make a new one; what it missed is in the lists.',
    },
  },
  NOT_DELIVERED: {
    message: { zh: '没有送达[[（{text}）]]', en: 'It was not delivered[[ ({text})]]' },
  },
  RELEASE_HELD_UP: {
    message: {
      zh: '版本 {version} 无法继续：{reason:reason}',
      en: 'Version {version} cannot go on: {reason:reason}',
    },
    hint: {
      zh: '{reason:cure}还在等待的步骤每小时自动重试；已放弃的请重新操作。',
      en: '{reason:cure} Steps still waiting are retried every hour; repeat those that were given up.',
    },
  },
  BACKGROUND_STEP_FAILING: {
    message: {
      zh: '后台任务「{step:step}」无法完成：{reason:reason}',
      en: 'The background task “{step:step}” cannot be completed: {reason:reason}',
    },
    hint: {
      zh: '{reason:cure}处理后自动恢复；详情见 processQueue 的日志。',
      en: '{reason:cure} It goes on by itself afterwards; the log of processQueue has the details.',
    },
  },
  ALERTS_NOT_TAKEN: {
    message: {
      zh: '告警机器人已有一小时没有接收消息',
      en: 'The alert robot has accepted no message for an hour',
    },
    hint: {
      zh: '请确认 ALERT_WEBHOOK_URL 的机器人还在群里、没有设置自定义关键词或签名校验；恢复后自动补发。',
      en: 'Check that the robot of ALERT_WEBHOOK_URL is still in its group and asks for no keyword or signature. What it missed is sent automatically once it works again.',
    },
  },
  ROLLOUT_PAUSED: {
    message: {
      zh: '[[批量发布「{name}」已暂停：]]{total} 个商户中有 {failures} 个失败或被驳回，允许 {maxFailures} 个',
      en: '[[Rollout “{name}” is paused: ]]{failures} of {total} merchants failed or were rejected; {maxFailures} allowed',
    },
    hint: {
      zh: '请用 rollouts.items 查看明细，处理后调用 rollouts.retry。',
      en: 'See rollouts.items, deal with the causes, then call rollouts.retry.',
    },
    consoleHint: {
      zh: '请查看失败明细，处理后点「重试」。',
      en: 'Look at the failed merchants, deal with the causes, then choose Retry.',
    },
  },
  GUARD_BREACHED: {
    message: {
      zh: '[[批量发布「{name}」：]]新版本的错误多于原版本[[，出错用户占比 {share}%，原版本 {formerShare}%]][[（{growth} 倍）]][[；原版本没有过的错误「{error}」]][[影响 {errorUsers} 位用户]]',
      en: '[[Rollout “{name}”: ]]the new version has more errors than the one before[[: {share}% of the users had errors, formerly {formerShare}%]][[ ({growth} times as many)]][[; new error “{error}”]][[, met by {errorUsers} users]]',
    },
    hint: {
      zh: '用 rollouts.get 查看数据；rollouts.resume 接受这一批并继续，rollouts.rollback 回退。',
      en: 'See the figures with rollouts.get; rollouts.resume accepts this wave and goes on, rollouts.rollback returns the merchants to the version before.',
    },
    consoleHint: {
      zh: '请查看数据：「继续」接受这一批，「回退」撤下新版本。',
      en: 'Look at the figures: Resume accepts this wave, Roll back returns the merchants to the version before.',
    },
  },
  GUARD_NO_DATA: {
    message: {
      zh: '[[批量发布「{name}」：]]微信没有给出足够的错误数据，无法判断新版本[[（{merchants} 个商户，{users} 位出错用户）]]',
      en: '[[Rollout “{name}”: ]]WeChat showed too few figures to judge the new version[[ ({merchants} merchants, {users} users with errors)]]',
    },
    hint: {
      zh: '确认新版本正常后调用 rollouts.resume；rollouts.setGuard 可改为没有数据时继续。',
      en: 'Once you are sure that the new version works, call rollouts.resume; rollouts.setGuard can let the rollout go on without figures.',
    },
    consoleHint: {
      zh: '确认新版本正常后点「继续」；也可在「修改规则」中改为没有数据时继续。',
      en: 'Once you are sure that the new version works, choose Resume; under Change the rules the guard can also be set to go on without figures.',
    },
  },
  ROLLOUT_STOPPED: {
    message: {
      zh: '[[批量发布「{name}」]]已被守护停止并回退：新版本的错误多于原版本[[，出错用户占比 {share}%，原版本 {formerShare}%]][[；新错误「{error}」]]',
      en: '[[Rollout “{name}”|The rollout]] was stopped and rolled back by its guard: the new version has more errors than the one before[[: {share}% of the users had errors, formerly {formerShare}%]][[; new error “{error}”]]',
    },
    hint: {
      zh: '用 rollouts.get 查看数据，修复后重新发布；处理完用 problems.dismiss 关闭。',
      en: 'See the figures with rollouts.get, fix the version and ship it again; then dismiss this problem with problems.dismiss.',
    },
    consoleHint: {
      zh: '请查看数据，修复后重新发布；处理完请点「已处理」。',
      en: 'Look at the figures, fix the version and ship it again; then choose Settled.',
    },
  },
  REVIEW_QUOTA_RESERVED: {
    message: {
      zh: '本月提审额度已用完[[（保留 {reserve} 次）]]',
      en: 'The review quota for this month is used up[[, but for {reserve} kept in reserve]]',
    },
    hint: {
      zh: '额度恢复后自动继续；急用可在开放平台控制台申请临时额度。',
      en: 'It continues when the quota is renewed. In urgent cases apply for a temporary quota in the open platform console.',
    },
  },
  REVIEW_QUOTA_TOO_SMALL: {
    message: {
      zh: '本月只剩 {left} 次提审额度，不够全部商户使用',
      en: 'Only {left} submissions are left this month, too few for all of these merchants',
    },
    hint: {
      zh: '请减少商户、等到下月，或在开放平台控制台申请临时额度。',
      en: 'Choose fewer merchants, wait for next month, or apply for a temporary quota in the open platform console.',
    },
  },
  PRIVACY_INCOMPLETE: {
    message: {
      zh: '用户隐私保护指引缺少代码用到的：{keys}',
      en: 'The privacy guideline lacks items that the code uses: {keys}',
    },
    hint: {
      zh: '请用 miniprograms.setPrivacy 把它们补进 settingList。',
      en: 'Add them to settingList with miniprograms.setPrivacy.',
    },
    consoleHint: {
      zh: '请在商户页补全用户隐私保护指引。',
      en: "Complete the privacy guideline on the merchant's page.",
    },
  },
  PRIVATE_INFO_UNDECLARED: {
    message: {
      zh: '代码使用了未声明的隐私接口：{keys}',
      en: 'The code uses privacy interfaces that it does not declare: {keys}',
    },
    hint: {
      zh: '请在 extJson.requiredPrivateInfos 中声明后重新上传代码；代码确实没有使用时，提审时把 privacyApiNotUse 设为 true。',
      en: 'Declare them in extJson.requiredPrivateInfos and commit again, or submit with privacyApiNotUse if the code does not really use them.',
    },
  },
  PRIVATE_INFO_NOT_GRANTED: {
    message: {
      zh: '此小程序还没有获得隐私接口的权限：{keys}',
      en: 'WeChat has not granted this mini program the privacy interfaces: {keys}',
    },
    hint: {
      zh: '请先用 privacyInterfaces.apply 申请这些接口；代码确实没有使用时，提审时把 privacyApiNotUse 设为 true。',
      en: 'Apply for them with privacyInterfaces.apply, or submit with privacyApiNotUse if the code does not really use them.',
    },
  },
  DOMAIN_NOT_ON_PLATFORM: {
    message: {
      zh: '第三方平台的域名列表中没有：{domains}',
      en: "The platform's list of domains lacks: {domains}",
    },
    hint: {
      zh: '请所有者用 platform.setServerDomains 添加。',
      en: 'Have an owner add them with platform.setServerDomains.',
    },
    consoleHint: {
      zh: '请所有者在「设置 › 平台域名」中添加。',
      en: 'Have an owner add them under Settings › Platform domains.',
    },
  },
  DOMAIN_LOST_AT_RELEASE: {
    message: {
      zh: '这些域名是商户在微信公众平台自行配置的，首次由本平台发布后会失效：{domains}',
      en: 'These domains are set on mp.weixin.qq.com only and stop working with the first release from here: {domains}',
    },
    hint: {
      zh: '请在发布前用 miniprograms.setServerDomains 添加。',
      en: 'Add them with miniprograms.setServerDomains before the release.',
    },
    consoleHint: {
      zh: '请在发布前到商户页的域名中添加。',
      en: "Add them to the domains on the merchant's page before the release.",
    },
  },
  PROFILE_INCOMPLETE: {
    message: { zh: '小程序还没有设置：{lacks:profile}', en: 'The mini program still lacks: {lacks:profile}' },
    hint: {
      zh: '请商户在微信公众平台（mp.weixin.qq.com）补全。',
      en: 'Have the merchant set this on mp.weixin.qq.com.',
    },
  },
  ALREADY_APPROVED: {
    message: { zh: '此模板的版本 {version} 已审核通过', en: 'Version {version} of this template is already approved' },
    hint: { zh: '可直接用 releases.release 发布。', en: 'Release it with releases.release.' },
    consoleHint: { zh: '可直接发布。', en: 'You can release it now.' },
  },
  ALREADY_LIVE: {
    message: { zh: '此模板的版本 {version} 已在线上', en: 'Version {version} of this template is already live' },
    hint: { zh: '无需操作。', en: 'Nothing to do.' },
  },
  REJECTED: {
    message: { zh: '审核被驳回[[：「{text}」]]', en: 'The version was rejected[[: “{text}”]]' },
    hint: {
      zh: '请按驳回原因修改，再调用 rollouts.retry。',
      en: 'Fix what the reviewer points out, then call rollouts.retry.',
    },
    consoleHint: {
      zh: '请按驳回原因修改，再点「重试」。',
      en: 'Fix what the reviewer points out, then choose Retry.',
    },
  },
  GRAY_ENDED_ELSEWHERE: {
    message: {
      zh: '灰度发布已在别处结束，没有放量到全部用户',
      en: 'The gray release was ended elsewhere, before all users had the version',
    },
    hint: {
      zh: '请与商户确认；如仍要发布，请在批量发布中重试该商户，灰度将从第一步重新开始。',
      en: 'Check with the merchant. If the version is still to be released, retry this merchant in the rollout: it begins again with the first step.',
    },
  },
  OTHER_VERSION_COMMITTED: {
    message: {
      zh: '此账号[[在 {version} 之后]]又上传了另一个版本',
      en: 'Another version was committed to this account[[ after {version}]]',
    },
    hint: { zh: '调用 rollouts.retry 会重新上传。', en: 'rollouts.retry commits this version again.' },
    consoleHint: { zh: '点「重试」会重新上传。', en: 'Retry commits this version again.' },
  },
  OTHER_ROLLOUT: {
    message: {
      zh: '批量发布「{name}」正在给此账号发布版本 {version}',
      en: 'Rollout “{name}” is shipping version {version} to this account',
    },
    hint: {
      zh: '请等它完成，或取消它后调用 rollouts.retry。',
      en: 'Let it finish, or cancel it and call rollouts.retry here.',
    },
    consoleHint: {
      zh: '请等它完成，或取消它后点「重试」。',
      en: 'Let it finish, or cancel it and choose Retry here.',
    },
  },
  SKIPPED_BY_HAND: {
    message: { zh: '已手动跳过', en: 'Skipped by hand' },
    hint: { zh: '调用 rollouts.retry 会重新开始。', en: 'rollouts.retry begins it again.' },
    consoleHint: { zh: '点「重试」会重新开始。', en: 'Retry begins it again.' },
  },
  COMMIT_NOT_ARRIVED: {
    message: { zh: '代码没有送达微信', en: 'The code never reached WeChat' },
    hint: { zh: '请重新上传代码。', en: 'Commit again.' },
  },
  DIFFERENT_SOURCE: {
    message: {
      zh: '线上版本来自另一个来源小程序（{live}），本模板来自 {next}',
      en: 'The live version comes from another source mini program ({live}); this template comes from {next}',
    },
    hint: {
      zh: '确认没有选错模板后，在 allow 中加入 DIFFERENT_SOURCE。',
      en: 'If this is the template you mean, add DIFFERENT_SOURCE to allow.',
    },
    consoleHint: {
      zh: '确认没有选错模板后，勾选「仍然发布」。',
      en: 'If this is the template you mean, tick “Ship all the same”.',
    },
  },
  OLDER_VERSION: {
    message: {
      zh: '将用较旧的版本 {next} 替换线上的 {live}',
      en: 'Version {next} is older than {live}, which is live',
    },
    hint: {
      zh: '确认要发布较旧的版本后，在 allow 中加入 OLDER_VERSION。',
      en: 'If the older one is meant, add OLDER_VERSION to allow.',
    },
    consoleHint: {
      zh: '确认要发布较旧的版本后，勾选「仍然发布」。',
      en: 'If the older one is meant, tick “Ship all the same”.',
    },
  },
  EXT_KEYS_LOST: {
    message: {
      zh: '线上版本的这些配置将不再存在：{keys}',
      en: 'These settings of the live version would be lost: {keys}',
    },
    hint: {
      zh: '请补上 ext 中缺少的键，或在 allow 中加入 EXT_KEYS_LOST。',
      en: 'Add the missing keys to ext, or EXT_KEYS_LOST to allow.',
    },
    consoleHint: {
      zh: '请补上模板设置中缺少的键，或勾选「仍然发布」。',
      en: "Add the missing keys to the template's settings, or tick “Ship all the same”.",
    },
  },
  VARIABLE_EMPTY: {
    message: {
      zh: '变量 {variables} 没有值，将以空文本发布',
      en: 'Variables without a value, released as empty text: {variables}',
    },
    hint: {
      zh: '请在绑定的 attributes 或模板设置的 default 中提供值，或在 allow 中加入 VARIABLE_EMPTY。',
      en: "Provide a value in the binding's attributes or as a default in the template's settings, or add VARIABLE_EMPTY to allow.",
    },
    consoleHint: {
      zh: '请在模板设置中给它缺省值，或勾选「仍然发布」。',
      en: "Give it a default in the template's settings, or tick “Ship all the same”.",
    },
  },
  LIVE_UNKNOWN: {
    message: {
      zh: '线上版本 {version} 不是从这里发布的，无法对比',
      en: 'The live version {version} was not released from here, so nothing can be compared',
    },
    hint: {
      zh: '确认要替换它后，在 allow 中加入 LIVE_UNKNOWN。',
      en: 'If it is to be replaced, add LIVE_UNKNOWN to allow.',
    },
    consoleHint: { zh: '确认要替换它后，勾选「仍然发布」。', en: 'If it is to be replaced, tick “Ship all the same”.' },
  },
  NOTICE_OPEN: {
    message: {
      zh: '微信对此账号有未了结的通知：{notices:notice}[[，期限 {until:day}]][[；「{text}」]]',
      en: 'This account has open notices from WeChat: {notices:notice}[[, until {until:day}]][[; “{text}”]]',
    },
    hint: {
      zh: '请先请商户处理；确认仍要发布后，在 allow 中加入 NOTICE_OPEN。',
      en: 'Have the merchant deal with them first; to ship all the same, add NOTICE_OPEN to allow.',
    },
    consoleHint: {
      zh: '请先请商户处理；确认仍要发布后，勾选「仍然发布」。',
      en: 'Have the merchant deal with them first, or tick “Ship all the same”.',
    },
  },
  PUNISHMENT_ANNOUNCED: {
    message: {
      zh: '微信要求此账号整改[[，期限 {until:day}]][[：「{text}」]]',
      en: 'WeChat wants this account to put something right[[ by {until:day}]][[: “{text}”]]',
    },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）按通知整改，逾期将被处罚；处理完用 problems.dismiss 关闭。',
      en: 'Have the merchant do what the notice on mp.weixin.qq.com asks: after the deadline the account is punished. When it is done, dismiss this problem with problems.dismiss.',
    },
    consoleHint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）按通知整改，逾期将被处罚；处理完请点「已处理」。',
      en: 'Have the merchant do what the notice on mp.weixin.qq.com asks: after the deadline the account is punished. Then choose Settled.',
    },
  },
  ACCOUNT_PUNISHED: {
    message: {
      zh: '微信处罚了此账号：{notice:notice}[[，至 {until:day}]][[；「{text}」]]',
      en: 'WeChat has punished this account: {notice:notice}[[, until {until:day}]][[; “{text}”]]',
    },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）查看通知并整改，有异议可申诉（appeals.create）；处理完用 problems.dismiss 关闭。',
      en: 'Have the merchant read the notice on mp.weixin.qq.com and put the matter right; if it is mistaken, appeal with appeals.create. When that is settled, dismiss this problem with problems.dismiss.',
    },
    consoleHint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）查看通知并整改，有异议可申诉；处理完请点「已处理」。',
      en: 'Have the merchant read the notice on mp.weixin.qq.com and put the matter right, or appeal if it is mistaken. Then choose Settled.',
    },
  },
  VIOLATION_RECORDED: {
    message: {
      zh: '微信记录了此账号的一次违规[[：「{text}」]]',
      en: 'WeChat has recorded a violation of this account[[: “{text}”]]',
    },
    hint: {
      zh: '用 violations.list 查看明细，请商户整改，有异议可申诉（appeals.create）；处理完用 problems.dismiss 关闭。',
      en: 'See violations.list and have the merchant put the matter right, or appeal with appeals.create. When that is settled, dismiss this problem with problems.dismiss.',
    },
    consoleHint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）查看明细并整改，有异议可申诉；处理完请点「已处理」。',
      en: 'Have the merchant read the details on mp.weixin.qq.com and put the matter right, or appeal. Then choose Settled.',
    },
  },
  VERIFICATION_ENDING: {
    message: {
      zh: '此账号的微信认证[[将于 {until:day} |即将]]到期',
      en: 'The verification of this account expires [[on {until:day}|soon]]',
    },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）办理年审，逾期会失去部分能力。',
      en: 'Have the merchant renew it on mp.weixin.qq.com; without it the account loses some features.',
    },
  },
  VERIFICATION_ENDED: {
    message: {
      zh: '此账号的微信认证已[[于 {until:day} ]]过期',
      en: 'The verification of this account expired[[ on {until:day}]]',
    },
    hint: {
      zh: '请商户登录微信公众平台（mp.weixin.qq.com）重新认证；认证前能力受限。',
      en: 'Have the merchant verify it again on mp.weixin.qq.com; until then its features are limited.',
    },
  },
  FILING_REFUSED: {
    message: { zh: '此小程序的备案被驳回', en: 'The ICP filing of this mini program was refused' },
    hint: {
      zh: '用 filings.get 查看驳回原因，修正后用 filings.apply 重新提交。',
      en: 'See the reasons with filings.get, correct what they name, and submit it again with filings.apply.',
    },
    consoleHint: {
      zh: '请按微信给出的驳回原因修正后重新提交。',
      en: "Correct what WeChat's reasons name, and submit it again.",
    },
  },
  FILING_INCOMPLETE: {
    message: {
      zh: '此小程序尚未完成备案：{state:filing}',
      en: 'The ICP filing of this mini program is not complete: {state:filing}',
    },
    hint: {
      zh: '请先完成备案；完成后微信会通知平台。',
      en: 'Complete the filing first; WeChat tells the platform when it is done.',
    },
  },
} as const satisfies Readonly<Record<string, Words>>

export type ProblemWords = typeof problemWords
