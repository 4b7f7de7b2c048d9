import { defineTexts } from './language.ts'

const homes = (count: number): string => `${count} 家`
const shops = (count: number): string => (count === 1 ? '1 merchant' : `${count} merchants`)

/** List of the rollouts, and the page of one. */
export const rolloutsTexts = defineTexts({
  title: { zh: '批量发布', en: 'Rollouts' },
  about: {
    zh: '把一个模板分批发给多个商户；随时可以暂停、重试或回退。',
    en: 'Ship one template to many merchants, wave by wave; pause, retry or take it back at any time.',
  },
  create: { zh: '新建批量发布', en: 'New rollout' },
  filterByList: { zh: '按状态筛选批量发布', en: 'Filter the rollouts by state' },
  filterByState: { zh: '按状态筛选商户', en: 'Filter the merchants by state' },
  all: { zh: '全部', en: 'All' },
  name: { zh: '名称', en: 'Name' },
  state: { zh: '状态', en: 'State' },
  progress: { zh: '进度', en: 'Progress' },
  next: { zh: '下一步', en: 'Next' },
  startsAt: { zh: '计划开始', en: 'Starts' },
  started: { zh: '开始时间', en: 'Started' },
  none: { zh: '还没有批量发布', en: 'No rollout yet' },
  noneHint: {
    zh: '第一次：先在「模板」页把草稿转成模板；然后新建批量发布，选模板、选商户、定批次。开始前会逐家检查，没有就绪的商户会跳过，不会浪费提审额度。',
    en: 'For the first one: make a draft a template on the Templates page, then start a rollout: choose the template, the merchants and the waves. Every merchant is checked before anything is sent; one that is not ready is skipped and costs no review quota.',
  },
  toTemplates: { zh: '看看模板', en: 'See the templates' },
  noMatch: { zh: '没有这种状态的批量发布', en: 'No rollout is in this state' },
  clear: { zh: '看全部', en: 'Show all' },
  you: { zh: '你', en: 'You' },
  wechat: { zh: '微信', en: 'WeChat' },
  platform: { zh: '平台', en: 'Platform' },
  versionOf: {
    zh: (version: string, templateId: number) => `版本 ${version} · 模板 #${templateId}`,
    en: (version: string, templateId: number) => `Version ${version} · template #${templateId}`,
  },
  waveOf: {
    zh: (wave: number, waves: number) => (waves === 1 ? '一批' : `第 ${wave} / ${waves} 批`),
    en: (wave: number, waves: number) => (waves === 1 ? 'One wave' : `Wave ${wave} of ${waves}`),
  },
  doneOf: {
    zh: (done: number, total: number) => `${done} / ${total} 家上线`,
    en: (done: number, total: number) => `${done} of ${total} live`,
  },
  nextDone: { zh: '全部完成', en: 'All done' },
  nextDoneWithout: {
    zh: (count: number) => `${homes(count)}没有成功，处理后可以重试`,
    en: (count: number) => `${shops(count)} did not make it; retry after a fix`,
  },
  nextRolledBack: {
    zh: (count: number) => `已回退 ${homes(count)}`,
    en: (count: number) => `${shops(count)} rolled back`,
  },
  nextRollingBack: {
    zh: (count: number) => `正在回退，还有 ${homes(count)}`,
    en: (count: number) => `Rolling back, ${count} to go`,
  },
  nextBusy: { zh: '正在处理', en: 'Being worked on' },
  nextCancelled: { zh: '已取消，不会再有动作', en: 'Cancelled; nothing more will happen' },
  nextPaused: { zh: '已暂停，等你继续', en: 'Paused until you resume it' },
  nextPausedByFailures: { zh: '失败太多，自动暂停；处理后继续', en: 'Paused by itself: too many failures' },
  nextScheduled: {
    zh: '到时间自动开始，此前不发送任何内容',
    en: 'It begins by itself at its time; nothing is sent before',
  },
  nextResting: {
    zh: '静默时段：结束后自动继续提审和发布',
    en: 'Quiet hours: it goes on with submissions and releases when they end',
  },
  nextQuota: { zh: '提审额度用完，恢复后自动继续', en: 'The review quota is used up; it goes on when quota returns' },
  nextRelease: {
    zh: (count: number) => `${homes(count)}已通过审核，等你发布`,
    en: (count: number) => `${shops(count)} approved, to be released`,
  },
  nextSubmit: {
    zh: (count: number) => `${homes(count)}是体验版，等你逐家提交审核`,
    en: (count: number) => `${shops(count)} in trial, to be submitted one by one`,
  },
  nextRejected: {
    zh: (count: number) => `${homes(count)}被驳回，改好后重新提交`,
    en: (count: number) => `${shops(count)} rejected; submit again after a fix`,
  },
  nextAuditing: {
    zh: (count: number) => `正在审核 ${homes(count)}`,
    en: (count: number) => `${shops(count)} in review`,
  },
  nextWorking: {
    zh: (count: number) => `正在处理 ${homes(count)}`,
    en: (count: number) => `${shops(count)} being worked on`,
  },
  back: { zh: '批量发布', en: 'Rollouts' },
  template: { zh: '模板', en: 'Template' },
  version: { zh: '版本', en: 'Version' },
  description: { zh: '说明', en: 'Description' },
  merchants: { zh: '商户', en: 'Merchants' },
  expectedEnd: { zh: '预计完成', en: 'Expected end' },
  endedAt: { zh: '结束时间', en: 'Ended' },
  perHour: { zh: '速度', en: 'Pace' },
  perHourOf: { zh: (count: number) => `每小时 ${homes(count)}`, en: (count: number) => `${shops(count)} an hour` },
  ruleWave: {
    zh: (released: boolean) => (released ? '上一批全部上线后发下一批' : '上一批全部过审后发下一批'),
    en: (released: boolean) => (released ? 'Next wave once the last is live' : 'Next wave once the last is approved'),
  },
  ruleSubmit: {
    zh: (auto: boolean) => (auto ? '自动提交审核' : '只上传体验版'),
    en: (auto: boolean) => (auto ? 'Submits by itself' : 'Trial versions only'),
  },
  ruleRelease: {
    zh: (auto: boolean) => (auto ? '过审自动上线' : '过审后由你发布'),
    en: (auto: boolean) => (auto ? 'Releases by itself' : 'You release what is approved'),
  },
  ruleFailures: {
    zh: (count: number) => `失败和驳回超过 ${homes(count)}自动暂停`,
    en: (count: number) => `Pauses above ${count} failed or rejected`,
  },
  ruleReserve: {
    zh: (count: number) => `保留 ${count} 个提审额度`,
    en: (count: number) => `Keeps ${count} of the review quota`,
  },
  percent: { zh: (percent: number) => `${percent}%`, en: (percent: number) => `${percent}%` },
  waves: { zh: '批次', en: 'Waves' },
  wave: { zh: '批次', en: 'Wave' },
  waveCanary: { zh: '先行商户', en: 'The canary' },
  waveName: { zh: (wave: number) => `第 ${wave} 批`, en: (wave: number) => `Wave ${wave}` },
  waveMerchants: {
    zh: (from: number, to: number) => (from === to ? `第 ${from} 家` : `第 ${from}–${to} 家`),
    en: (from: number, to: number) => (from === to ? `merchant ${from}` : `merchants ${from}–${to}`),
  },
  waveDone: { zh: '已完成', en: 'done' },
  waveNow: { zh: '进行中', en: 'under way' },
  waveLater: { zh: '未开始', en: 'not begun' },
  waveStopped: { zh: '未进行', en: 'not carried out' },
  items: { zh: '各家进展', en: 'Merchant by merchant' },
  merchant: { zh: '商户', en: 'Merchant' },
  problem: { zh: '原因与处理', en: 'Cause and cure' },
  release: { zh: '发布记录', en: 'Release' },
  noItems: { zh: '没有这种状态的商户', en: 'No merchant is in this state' },
  itemsOfReason: { zh: '只看这条驳回原因的商户', en: 'Only those rejected for this reason' },
  showAll: { zh: '看全部', en: 'Show all' },
  notFound: { zh: '没有这个批量发布', en: 'There is no such rollout' },
  toList: { zh: '回到列表', en: 'To the list' },
  pause: { zh: '暂停', en: 'Pause' },
  pauseTitle: { zh: '暂停这次批量发布？', en: 'Pause this rollout?' },
  pauseWords: {
    zh: (waiting: number, auditing: number) =>
      `还没开始的 ${homes(waiting)}先不上传、不提交。已在审核的 ${homes(auditing)}不受影响，审核会继续。随时可以继续。`,
    en: (waiting: number, auditing: number) =>
      `Nothing new is uploaded or submitted for the ${shops(waiting)} still to come. Reviews that run (${auditing}) go on at WeChat. You can resume at any time.`,
  },
  paused: { zh: '已暂停', en: 'Paused' },
  resume: { zh: '继续', en: 'Resume' },
  resumeTitle: { zh: '继续这次批量发布？', en: 'Resume this rollout?' },
  resumeWords: {
    zh: (waiting: number, failures: number) =>
      failures > 0
        ? `剩下的 ${homes(waiting)}会继续。已有的 ${failures} 个失败或驳回视为已知，再多一个会再次暂停（如果设了上限）。`
        : `剩下的 ${homes(waiting)}会继续上传和提交。`,
    en: (waiting: number, failures: number) =>
      failures > 0
        ? `It goes on with the ${shops(waiting)} still to come. The ${failures} that failed or were rejected count as known; one more pauses it again, if a limit is set.`
        : `It goes on with the ${shops(waiting)} still to come.`,
  },
  resumed: { zh: '已继续', en: 'Resumed' },
  cancel: { zh: '取消发布', en: 'Cancel it' },
  cancelTitle: { zh: '取消这次批量发布？', en: 'Cancel this rollout?' },
  cancelWords: {
    zh: (waiting: number, auditing: number, released: number) =>
      `还没上线的 ${homes(waiting)}不再推进，其中 ${homes(auditing)}在微信的审核不会撤回。已上线的 ${homes(released)}保持不变，需要时可以另外回退。取消后不能恢复，只能新建。`,
    en: (waiting: number, auditing: number, released: number) =>
      `The ${shops(waiting)} not live yet go no further; reviews that run at WeChat (${auditing}) are left alone. What is live (${released}) stays and can be rolled back separately. This cannot be undone; make a new rollout instead.`,
  },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  retry: { zh: '重试', en: 'Retry' },
  retryTitle: { zh: '让没有成功的再来一次？', en: 'Try again those that failed?' },
  retryAnew: {
    zh: (count: number) => `${homes(count)}失败或跳过的从头开始：先检查，再上传。`,
    en: (count: number) => `${shops(count)} that failed or were skipped begin anew: checks first, then the upload.`,
  },
  retryAgain: {
    zh: (count: number) => `${homes(count)}直接重新提交审核，不再上传，每家用掉一个提审额度。请先改好原因。`,
    en: (count: number) =>
      `${shops(count)} are submitted again without another upload, each for one of the review quota. Mend the cause first.`,
  },
  retryNone: { zh: '请至少勾选一种', en: 'Tick at least one kind' },
  retried: { zh: '已重新开始', en: 'On their way again' },
  releaseAll: {
    zh: (count: number) => `发布已通过的 ${homes(count)}`,
    en: (count: number) => `Release the ${count} approved`,
  },
  releaseTitle: { zh: '发布到线上？', en: 'Put them online?' },
  releaseWords: {
    zh: (count: number) =>
      `已通过审核的 ${homes(count)}马上上线，用户会看到新版本。发布期间新通过的也会一起上线。发布后可以回退到上一个版本。`,
    en: (count: number) =>
      `${shops(count)} whose version is approved go live now and their users see it. Those approved while this runs go live, too. It can be rolled back to the version before.`,
  },
  releaseStarted: { zh: '正在发布', en: 'Releasing' },
  rollback: { zh: '回退', en: 'Roll back' },
  rollbackTitle: { zh: '把这次上线的都回退？', en: 'Take back what this rollout released?' },
  rollbackWords: {
    zh: (count: number) =>
      `这次批量发布上线的 ${homes(count)}回到各自的上一个线上版本，用户马上受影响。回退后要再上线，需要重新提交审核。还没上线的商户不再推进。`,
    en: (count: number) =>
      `${shops(count)} that this rollout put online return to their version before, at once for all users. To go live again it has to be reviewed again. Merchants that are not live yet go no further.`,
  },
  rollbackStarted: { zh: '正在回退', en: 'Rolling back' },
  rejections: { zh: '驳回原因', en: 'Why they were rejected' },
  rejectionsNote: {
    zh: '同样的原因放在一起，改一次就能重新提交一组',
    en: 'Grouped by reason: one fix may serve a whole group',
  },
  rejectedCount: { zh: homes, en: shops },
  namesOf: {
    zh: (names: readonly string[], count: number) =>
      `${names.join('、')}${count > names.length ? ` 等 ${homes(count)}` : ''}`,
    en: (names: readonly string[], count: number) =>
      `${names.join(', ')}${count > names.length ? `, ${count} in all` : ''}`,
  },
  showThese: { zh: '只看这些商户', en: 'Show these merchants' },
  resubmit: { zh: '改好了，重新提交', en: 'Fixed: submit again' },
  resubmitTitle: { zh: '重新提交这一组？', en: 'Submit this group again?' },
  resubmitWords: {
    zh: (count: number) => `这条原因的 ${homes(count)}重新提交审核，不再上传代码，每家用掉一个提审额度。`,
    en: (count: number) =>
      `${shops(count)} rejected for this reason are submitted again without another upload, each for one of the review quota.`,
  },
  noReason: { zh: '微信没有给出原因', en: 'WeChat named no reason' },
})

export const guardTexts = defineTexts({
  title: { zh: '守护', en: 'Guard' },
  watching: { zh: '观察中', en: 'Watching' },
  good: { zh: '正常', en: 'Good' },
  breached: { zh: '异常', en: 'Worse' },
  noData: { zh: '没有足够的数据', en: 'Too few figures' },
  watchingWords: {
    zh: '新版本到达用户后，按微信统计的出错用户与原版本比较',
    en: 'Once users have the new version, their errors by WeChat’s count are compared with those of the former one',
  },
  goodWords: {
    zh: '最近一次判断：新版本不比原版本差',
    en: 'Judged last: the new version is no worse than the former one',
  },
  breachedWords: { zh: '新版本的错误多于原版本', en: 'The new version has more errors than the former one' },
  noDataWords: {
    zh: '微信没有给出足够的数据，没有数据不等于正常',
    en: 'WeChat showed too few figures; no figures are never good figures',
  },
  judgedAt: { zh: '最近判断', en: 'Judged last' },
  compared: { zh: '有数据的商户', en: 'Merchants with figures' },
  comparedOf: {
    zh: (compared: number, merchants: number) => `${compared} / ${merchants} 家`,
    en: (compared: number, merchants: number) => `${compared} of ${merchants}`,
  },
  users: { zh: '出错用户', en: 'Users with errors' },
  usersOf: { zh: (users: number) => `${users} 位`, en: (users: number) => String(users) },
  share: { zh: '新版本出错占比', en: 'Share with errors, new' },
  formerShare: { zh: '原版本出错占比', en: 'Share with errors, former' },
  growth: { zh: '倍数', en: 'Growth' },
  growthOf: {
    zh: (growth: number, most: number) => `${growth} 倍（达到 ${most} 倍视为异常）`,
    en: (growth: number, most: number) => `${growth} times (${most} is too much)`,
  },
  newErrors: { zh: '原版本没有过的错误', en: 'Errors that the former version never had' },
  errorUsers: {
    zh: (users: number) => `${users} 位用户`,
    en: (users: number) => (users === 1 ? '1 user' : `${users} users`),
  },
  plot: { zh: '历次判断的出错用户占比', en: 'Share of users with errors at each judging' },
  now: { zh: '新版本', en: 'new' },
  former: { zh: '原版本', en: 'former' },
  waveOf: { zh: (wave: number) => `第 ${wave} 批`, en: (wave: number) => `wave ${wave}` },
  ruleThen: {
    zh: (then: 'pause' | 'rollback') => (then === 'pause' ? '异常时暂停' : '异常时回退'),
    en: (then: 'pause' | 'rollback') => (then === 'pause' ? 'pauses when worse' : 'takes it back when worse'),
  },
  ruleWatch: {
    zh: (minutes: number) => `每批上线 ${minutes} 分钟后判断`,
    en: (minutes: number) => `judged ${minutes} minutes after each wave`,
  },
  ruleUsers: {
    zh: (users: number) => `至少 ${users} 位出错用户`,
    en: (users: number) => `from ${users} users with errors`,
  },
  ruleNoData: {
    zh: (hours: number, goesOn: boolean) => `${hours} 小时没有数据则${goesOn ? '继续' : '暂停'}`,
    en: (hours: number, goesOn: boolean) => `without figures for ${hours} hours it ${goesOn ? 'goes on' : 'pauses'}`,
  },
  set: { zh: '设置守护', en: 'Set a guard' },
  change: { zh: '修改规则', en: 'Change the rules' },
  formTitle: { zh: '守护规则', en: 'Rules of the guard' },
  formWords: {
    zh: '每批或每一步放量之后，按微信统计的出错用户比较新旧版本。',
    en: 'After each wave or gray step, both versions are compared by WeChat’s count of users with errors.',
  },
  save: { zh: '保存', en: 'Save' },
  saved: { zh: '守护规则已保存', en: 'The rules are saved' },
  then: { zh: '新版本更差时', en: 'When the new version is worse' },
  thenPause: { zh: '暂停', en: 'Pause' },
  thenRollback: { zh: '撤下新版本', en: 'Take it back' },
  maxErrorGrowth: { zh: '达到原版本的多少倍视为异常', en: 'So many times the former share is too much' },
  minUsers: { zh: '至少多少位出错用户才下结论', en: 'Users with errors below which nothing is said' },
  watchMinutes: { zh: '上线多少分钟后判断', en: 'Judged so many minutes after going live' },
  noDataHours: { zh: '没有数据时最多等多少小时', en: 'Hours that figures are waited for' },
  noDataThen: { zh: '仍没有数据时', en: 'When there are still none' },
  noDataWait: { zh: '暂停', en: 'Pause' },
  noDataGoOn: { zh: '继续', en: 'Go on' },
  newErrorsCount: { zh: '原版本没有过的错误也算异常', en: 'Errors that the former version never had count too' },
  unset: { zh: '没有守护：各批之间不比较错误。', en: 'No guard: errors are not compared between waves.' },
  off: { zh: '取消守护', en: 'Remove the guard' },
  offTitle: { zh: '取消守护？', en: 'Remove the guard?' },
  offWords: {
    zh: '之后各批不再比较错误，上一批完成后直接开始下一批。',
    en: 'Errors are compared no more; each wave begins as soon as the one before is done.',
  },
  offDone: { zh: '已取消守护', en: 'The guard is removed' },
})

/** Searching, saving and mending inside a rollout. */
export const rolloutToolTexts = defineTexts({
  search: { zh: '查找商户', en: 'Find merchants' },
  searchPlaceholder: { zh: '名称、appid 或业务编号', en: 'Name, appid or businessId' },
  noneFound: { zh: '没有符合条件的商户', en: 'No merchant fits' },
  exportItems: { zh: '导出 CSV', en: 'Export CSV' },
  exportRejections: { zh: '导出驳回', en: 'Export rejections' },
  exportComparison: { zh: '导出对比', en: 'Export comparison' },
  merchant: { zh: '商户', en: 'Merchant' },
  wave: { zh: '批次', en: 'Wave' },
  state: { zh: '状态', en: 'State' },
  code: { zh: '代码', en: 'Code' },
  problem: { zh: '原因', en: 'Cause' },
  reason: { zh: '驳回原因', en: 'Reason of the rejection' },
  live: { zh: '线上版本', en: 'Live version' },
  liveSource: { zh: '线上来源', en: 'Live source' },
  next: { zh: '新版本', en: 'New version' },
  nextSource: { zh: '新来源', en: 'New source' },
  added: { zh: '新增的键', en: 'Keys added' },
  removed: { zh: '消失的键', en: 'Keys gone' },
  changed: { zh: '改动的键', en: 'Keys changed' },
  warnings: { zh: '提醒', en: 'Warnings' },
  mend: { zh: '修改后重新提交', en: 'Change and resubmit' },
  mendTitle: { zh: '重新提交这一组', en: 'Resubmit this group' },
  mendWords: {
    zh: (count: number) =>
      `这条原因的 ${homes(count)}按下面的内容重新提交审核，不再上传代码，每家用掉一个提审额度。没有填的沿用各自原来的内容。`,
    en: (count: number) =>
      `The ${shops(count)} with this reason are submitted again with what follows, without another upload, each for one of the quota. What is left open stays as it was.`,
  },
  category: { zh: '类目', en: 'Category' },
  categoryHint: {
    zh: '取自其中一家商户；其他商户也要有这个类目',
    en: 'As one of the merchants has them; the others need it too',
  },
  keepCategory: { zh: '不改', en: 'As it was' },
  feedback: { zh: '给审核员的说明', en: 'A word to the reviewer' },
  mended: { zh: '已重新提交', en: 'Submitted again' },
  noCategories: { zh: '读不到类目，只能改其他内容', en: 'The categories could not be read; all else can be changed' },
  codes: { zh: '体验版二维码墙', en: 'Trial codes' },
  codesNote: { zh: '用微信扫码试用各家的体验版', en: 'scan with WeChat to try each merchant’s version' },
  codesNone: { zh: '这一批还没有体验版', en: 'This wave has no trial version yet' },
  codesShow: { zh: '显示二维码', en: 'Show the codes' },
  codesWave: { zh: '批次', en: 'Wave' },
  codesOf: {
    zh: (shown: number, total: number) => `${shown} / ${total} 家`,
    en: (shown: number, total: number) => `${shown} of ${shops(total)}`,
  },
  codesMore: { zh: '再显示一些', en: 'Show more' },
  codesZip: { zh: '下载 ZIP', en: 'Download ZIP' },
  codesMissing: {
    zh: (count: number) => `${homes(count)}没有取到二维码`,
    en: (count: number) => `No code for ${shops(count)}`,
  },
  codeOf: { zh: (name: string) => `${name} 的体验版二维码`, en: (name: string) => `Trial code of ${name}` },
  codeFailed: { zh: '没有取到', en: 'not there' },
  waveName: { zh: (wave: number) => `第 ${wave} 批`, en: (wave: number) => `Wave ${wave}` },
})
