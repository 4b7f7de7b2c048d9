import { bilingual } from './bilingual.ts'

/* The console and the agents: who is let in, and what is planned. */

export const signIn = bilingual({
  zh: {
    title: '登录控制台',
    asks: '这个浏览器请求以你的身份登录控制台',
    unknown: '未知浏览器',
    check: '两位数字',
    checkPlaceholder: '控制台二维码旁的数字',
    warning: '只在你自己打开的控制台前输入；输错一次，二维码即失效。登录有效 12 小时。',
    approve: '登录',
    deny: '拒绝',
    approved: '已登录，控制台会自动继续。',
    denied: '已拒绝。',
  },
  en: {
    title: 'Sign in to the console',
    asks: 'This browser asks to act as you at the console',
    unknown: 'Unknown browser',
    check: 'Two digits',
    checkPlaceholder: 'beside the code on the console',
    warning: 'Only for a console that you opened yourself. A wrong pair spends the code. Good for 12 hours.',
    approve: 'Sign in',
    deny: 'Refuse',
    approved: 'Signed in; the console goes on by itself.',
    denied: 'Refused.',
  },
})

export const sessions = bilingual({
  zh: {
    title: '控制台登录',
    unknown: '未知浏览器',
    until: '{time} 到期',
    none: '没有登录中的浏览器',
    end: '结束',
    endTitle: '结束登录？',
    endText: '一分钟内，「{browser}」需要重新扫码登录。',
  },
  en: {
    title: 'Signed in',
    unknown: 'Unknown browser',
    until: 'until {time}',
    none: 'No browser is signed in',
    end: 'End',
    endTitle: 'End this session?',
    endText: 'Within a minute {browser} has to sign in again.',
  },
})

export const confirmations = bilingual({
  zh: {
    title: '智能体的计划',
    line: '{key} · {time} 前有效',
    seen: '制定计划时的情况',
    none: '没有等待确认的计划',
    approve: '同意',
    deny: '拒绝',
  },
  en: {
    title: 'Plans of agents',
    line: '{key} · until {time}',
    seen: 'How things stood',
    none: 'No plan waits',
    approve: 'Approve',
    deny: 'Refuse',
  },
})
