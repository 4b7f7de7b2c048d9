import { defineTexts } from './language.ts'

export const signInTexts = defineTexts({
  title: { zh: '登录控制台', en: 'Sign in to the console' },
  about: { zh: '用微信打开管理小程序，扫描二维码。', en: 'Open the admins’ mini program in WeChat and scan the code.' },
  scan: { zh: '扫码登录', en: 'Sign in by scanning' },
  codeLabel: { zh: '登录二维码，请用管理小程序扫描', en: 'Sign-in code, to be scanned with the admins’ mini program' },
  check: { zh: '在手机上输入', en: 'Type on the phone' },
  how: {
    zh: '小程序会显示是哪个浏览器要登录，输入上面的两位数字即可登录 12 小时。',
    en: 'The mini program names the browser that asks; the two digits above let it in for 12 hours.',
  },
  waiting: { zh: '等待在手机上确认…', en: 'Waiting for the phone…' },
  denied: { zh: '登录被拒绝，或数字输错了。', en: 'It was refused, or the digits were wrong.' },
  expired: { zh: '二维码已过期。', en: 'The code has expired.' },
  renew: { zh: '换一个二维码', en: 'New code' },
  phone: { zh: '打开模拟手机', en: 'Open the simulated phone' },
  withKey: { zh: '用 API 密钥登录', en: 'Use an API key' },
  apiKey: { zh: 'API 密钥', en: 'API key' },
  apiKeyHint: {
    zh: '以 mf_ 开头，只保存在当前标签页，关闭即清除',
    en: 'Begins with mf_; it stays in this tab and goes with it',
  },
  ended: { zh: '登录已失效，请重新登录。', en: 'You are signed out. Please sign in again.' },
  enter: { zh: '登录', en: 'Sign in' },
  enterDemo: { zh: '以演示账号进入', en: 'Enter as the demo owner' },
  first: { zh: '还没有管理员？', en: 'No admin yet?' },
  firstHint: {
    zh: '第一次登录：在项目目录中运行下面的命令，得到一个所有者密钥，用它登录后在「设置 › 成员」里添加自己。',
    en: 'The first time: run this in the project folder for an owner’s key, sign in with it, and add yourself at Settings › People.',
  },
  platformAt: { zh: '平台地址', en: 'Platform at' },
})
