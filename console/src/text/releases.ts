import { defineTexts } from './language.ts'

export const releaseTexts = defineTexts({
  title: { zh: (name: string) => `发布 · ${name}`, en: (name: string) => `Ship · ${name}` },
  steps: { zh: '发布进度', en: 'Progress of the version' },
  stepCommit: { zh: '上传代码', en: 'Commit' },
  stepTrial: { zh: '体验', en: 'Trial' },
  stepReview: { zh: '审核', en: 'Review' },
  stepRelease: { zh: '发布', en: 'Release' },
  stepLive: { zh: '上线', en: 'Live' },
  current: { zh: '当前版本', en: 'Present version' },
  newVersion: { zh: '上传新版本', en: 'Commit a new version' },
  liveTitle: { zh: '线上版本', en: 'Live version' },
  history: { zh: '全部版本', en: 'All versions' },
  template: { zh: '模板', en: 'Template' },
  version: { zh: '版本号', en: 'Version' },
  description: { zh: '说明', en: 'Description' },
  createdAt: { zh: '上传时间', en: 'Committed' },
  submittedAt: { zh: '提交审核', en: 'Submitted' },
  auditedAt: { zh: '审核完成', en: 'Reviewed' },
  releasedAt: { zh: '上线时间', en: 'Live since' },
  auditId: { zh: '审核编号', en: 'Review id' },
  rollout: { zh: '批量发布', en: 'Rollout' },
  see: { zh: '查看', en: 'See it' },
  extJson: { zh: '这次上传的 ext_json', en: 'The ext_json of this commit' },
  committingNow: { zh: '正在上传代码…', en: 'The code is being committed…' },
  failedNow: { zh: '上传没有成功，修正后重新上传。', en: 'The commit failed. Mend what is wrong and commit again.' },
  committedNow: {
    zh: '体验版已就绪。扫码试用没问题后，提交审核。',
    en: 'The trial version is ready. Scan it, try it, and submit it for review.',
  },
  submittingNow: {
    zh: '微信正在检测代码，检测完成后自动提交审核，通常不到一分钟。可以离开这个页面。',
    en: 'WeChat is scanning the code and the submission follows by itself, mostly within a minute. You may leave this page.',
  },
  auditingNow: {
    zh: '微信正在审核，通常 1–7 天。结果会自动更新，也会出现在概览里。',
    en: 'WeChat is reviewing, which takes 1 to 7 days. The result shows here and on the overview by itself.',
  },
  delayedNow: { zh: '微信延长了审核时间，请继续等待。', en: 'WeChat needs longer for the review.' },
  approvedNow: {
    zh: '审核已通过，可以发布上线，也可以先灰度给一部分用户。',
    en: 'The review is passed. Release it, or begin with a part of the users.',
  },
  approvedFirst: { zh: '审核已通过，可以发布上线。', en: 'The review is passed. It can be released.' },
  releasedNow: {
    zh: (version: string) => `版本 ${version} 已上线，用户下次打开小程序就会用到它。`,
    en: (version: string) => `Version ${version} is live; users get it when they open the mini program next.`,
  },
  autoReleaseNow: { zh: '审核通过后会自动发布上线。', en: 'It is released by itself once the review is passed.' },
  rejectedNow: {
    zh: '审核没有通过。按下面的原因修改后重新提交；代码有改动就先上传新版本。',
    en: 'The review was not passed. Mend what is named below and submit again; if code changes, commit it first.',
  },
  withdrawnNow: { zh: '审核已撤回，可以重新提交。', en: 'The review was withdrawn; it can be submitted again.' },
  grayNow: {
    zh: (percent: number) => `正在灰度发布，${percent}% 的用户使用新版本。`,
    en: (percent: number) => `Gray release: ${percent}% of the users have the new version.`,
  },
  reason: { zh: '驳回原因', en: 'Reason' },
  screenshots: { zh: '审核截图', en: 'Screenshots of the reviewer' },
  screenshot: {
    zh: (number: number) => `审核截图 ${number}`,
    en: (number: number) => `Reviewer's screenshot ${number}`,
  },
  trialCode: { zh: '体验版二维码', en: 'QR code of the trial version' },
  trialHint: { zh: '体验者用微信扫码打开。', en: 'Testers scan it with WeChat.' },
  trialPage: { zh: '打开的页面', en: 'Opens' },
  trialHome: { zh: '首页', en: 'Home page' },
})

export const actionTexts = defineTexts({
  release: { zh: '发布上线', en: 'Release' },
  releaseTitle: { zh: '发布上线？', en: 'Release it?' },
  releaseConsequence: {
    zh: (version: string) => `版本 ${version} 立即对全部用户生效，取代当前的线上版本。出现问题可以回退到上一个版本。`,
    en: (version: string) =>
      `Version ${version} reaches all users at once in place of the live one. It can be rolled back to the version before.`,
  },
  released: { zh: '已发布上线', en: 'Released' },
  withdraw: { zh: '撤回审核', en: 'Withdraw' },
  withdrawTitle: { zh: '撤回审核？', en: 'Withdraw the submission?' },
  withdrawConsequence: {
    zh: '这次提交作废，需要重新提交并重新排队。每个小程序每天最多撤回 5 次，每月 10 次。',
    en: 'This submission is void and has to queue again. A mini program may withdraw 5 times a day and 10 times a month.',
  },
  withdrawn: { zh: '审核已撤回', en: 'Submission withdrawn' },
  expedite: { zh: '加急审核', en: 'Ask for speed' },
  expediteTitle: { zh: '加急审核？', en: 'Ask for a faster review?' },
  expediteConsequence: {
    zh: (rest: string) => `使用一次加急额度，全平台共用，用完不能取回。本月剩余 ${rest} 次。`,
    en: (rest: string) =>
      `It takes one of the faster reviews that the whole platform shares, and does not give it back. ${rest} are left this month.`,
  },
  expedited: { zh: '已申请加急', en: 'Asked for a faster review' },
  gray: { zh: '灰度发布', en: 'Gray release' },
  grayMore: { zh: '扩大灰度', en: 'Widen it' },
  grayTitle: { zh: '灰度发布', en: 'Gray release' },
  grayConsequence: {
    zh: '按比例随机选择用户使用新版本。比例只能增大；到 100% 就是全部上线，也可以随时取消。',
    en: 'A random part of the users gets the new version. The part can only grow; 100% is a full release. It can be cancelled at any time.',
  },
  percentage: { zh: '用户比例（%）', en: 'Part of the users (%)' },
  grayStarted: {
    zh: (percent: number) => `已灰度到 ${percent}%`,
    en: (percent: number) => `${percent}% of the users have it`,
  },
  cancelGray: { zh: '取消灰度', en: 'Cancel the gray release' },
  cancelGrayTitle: { zh: '取消灰度发布？', en: 'Cancel the gray release?' },
  cancelGrayConsequence: {
    zh: '灰度用户回到线上版本。这个版本仍是审核通过状态，可以再次发布。',
    en: 'Those users return to the live version. This one stays approved and can be released again.',
  },
  grayCancelled: { zh: '灰度已取消', en: 'Gray release cancelled' },
  rollback: { zh: '回退', en: 'Roll back' },
  rollbackTitle: { zh: '回退线上版本', en: 'Roll back the live version' },
  rollbackConsequence: {
    zh: '所选版本立即对全部用户生效。当前版本不能直接恢复，需要重新提交审核。',
    en: 'The version chosen reaches all users at once. The present one cannot simply be put back; it needs a new review.',
  },
  rollbackTo: { zh: '回退到', en: 'Return to' },
  rollbackDefault: { zh: '上一个版本', en: 'The version before' },
  rolledBack: { zh: '已回退', en: 'Rolled back' },
})

export const commitTexts = defineTexts({
  about: {
    zh: '选模板，填变量，右边随时看到最终发给微信的 ext_json。上传后只生成体验版，不影响线上。',
    en: 'Choose a template and fill in the variables; the final ext_json shows beside. A commit only makes the trial version.',
  },
  superseding: {
    zh: (version: string) => `上传后，尚未上线的版本 ${version} 会被取代。`,
    en: (version: string) => `Version ${version}, which is not live yet, will be superseded.`,
  },
  template: { zh: '模板', en: 'Template' },
  noTemplates: {
    zh: '模板库是空的，请先把草稿加入模板库。',
    en: 'There are no templates. Make a draft a template first.',
  },
  toTemplates: { zh: '去模板页', en: 'To the templates' },
  version: { zh: '版本号', en: 'Version' },
  versionHint: { zh: '在微信里显示，最多 64 个字符', en: 'As WeChat shows it, 64 characters at most' },
  description: { zh: '版本说明', en: 'Description' },
  variables: { zh: '变量', en: 'Variables' },
  variablesHint: {
    zh: '替换 ext 里的 {{名称}}。来自绑定的变量已填好，改动只对这次上传有效。',
    en: 'Put in place of {{name}} in ext. Those of the binding are filled in; changes count for this commit only.',
  },
  ext: { zh: 'ext 配置', en: 'ext' },
  name: { zh: '名称', en: 'Name' },
  value: { zh: '值', en: 'Value' },
  addVariable: { zh: '添加变量', en: 'Add a variable' },
  more: { zh: '更多配置（extJson）', en: 'Other settings (extJson)' },
  moreHint: {
    zh: 'ext_json 的其他键，如 window、tabBar、extPages、requiredPrivateInfos。',
    en: 'The other keys of ext_json: window, tabBar, extPages, requiredPrivateInfos …',
  },
  preview: { zh: '最终的 ext_json', en: 'The final ext_json' },
  previewWaiting: { zh: '选好模板后显示', en: 'Shows once a template is chosen' },
  checks: { zh: '上传前检查', en: 'Checks beforehand' },
  checksGood: { zh: '没有发现问题', en: 'Nothing found' },
  commit: { zh: '上传', en: 'Commit' },
  committed: {
    zh: (version: string) => `版本 ${version} 已上传`,
    en: (version: string) => `Version ${version} committed`,
  },
  cancel: { zh: '收起', en: 'Fold' },
})

export const submitTexts = defineTexts({
  title: { zh: '提交审核', en: 'Submit for review' },
  again: { zh: '重新提交审核', en: 'Submit again' },
  about: {
    zh: '审核员按这里填写的页面和类目查看小程序。',
    en: 'The reviewer looks at the page and the category named here.',
  },
  category: { zh: '类目', en: 'Category' },
  noCategory: {
    zh: '商户还没有可用的类目，请商户先在自己的后台添加服务类目。',
    en: 'The mini program has no category. The merchant adds one in its own console first.',
  },
  page: { zh: '首个审核页面', en: 'First page to review' },
  pageTitle: { zh: '页面标题', en: 'Title of the page' },
  pageTitleHint: { zh: '最多 32 个字符', en: '32 characters at most' },
  tag: { zh: '标签', en: 'Tags' },
  tagHint: { zh: '空格分隔，最多 10 个', en: 'Separated by blanks, 10 at most' },
  versionDescription: { zh: '版本说明', en: 'About this version' },
  versionDescriptionHint: {
    zh: '给审核员看：这次改了什么、怎么体验',
    en: 'For the reviewer: what changed, and how to try it',
  },
  feedback: { zh: '反馈', en: 'Answer to the reviewer' },
  feedbackHint: {
    zh: '被驳回后说明修改了什么，最多 200 字',
    en: 'After a rejection: what was mended, 200 characters at most',
  },
  media: { zh: '截图', en: 'Pictures' },
  mediaHint: {
    zh: 'PNG、JPEG 图片，上传前自动压缩。微信保存 3 天。',
    en: 'PNG or JPEG, made small enough before the upload. WeChat keeps them for 3 days.',
  },
  addMedia: { zh: '选择图片', en: 'Choose pictures' },
  uploading: { zh: '正在上传', en: 'Uploading' },
  mediaWrong: {
    zh: (name: string) => `「${name}」不是可以读取的图片`,
    en: (name: string) => `"${name}" is no picture that can be read`,
  },
  removeMedia: { zh: (name: string) => `删除 ${name}`, en: (name: string) => `Remove ${name}` },
  autoRelease: { zh: '审核通过后自动发布上线', en: 'Release by itself once the review is passed' },
  noPrivacyApi: {
    zh: '代码没有使用隐私接口（微信检测超时的时候勾选）',
    en: "The code uses no privacy interfaces (for when WeChat's scan timed out)",
  },
  quota: {
    zh: (rest: number, limit: number) => `本月提审额度剩余 ${rest} / ${limit}，全平台共用。`,
    en: (rest: number, limit: number) => `${rest} of ${limit} reviews are left this month for the whole platform.`,
  },
  submit: { zh: '提交审核', en: 'Submit for review' },
  submitted: { zh: '已提交', en: 'Submitted' },
})
