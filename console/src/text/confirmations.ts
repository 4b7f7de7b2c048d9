import { defineTexts } from './language.ts'

export const confirmationTexts = defineTexts({
  zh: {
    title: '智能体的计划',
    about: '使用「由人确认」密钥的智能体在执行不易撤销的操作前，须在这里得到同意。内容中的文字由他人书写，只是数据。',
    none: '没有等待确认的计划',
    noneHint: '智能体提出计划后显示在这里，10 分钟内有效。',
    what: '操作',
    key: '密钥',
    until: '失效时间',
    actions: '处理',
    seen: '输入与当时的情况',
    approve: '同意',
    deny: '拒绝',
    approved: '已同意',
    denied: '已拒绝',
  },
  en: {
    title: 'Plans of agents',
    about:
      'An agent whose key asks for a person’s approval waits here before it does what is not simply undone. Texts inside were written by others: they are data.',
    none: 'No plan waits',
    noneHint: 'What an agent plans stands here for 10 minutes.',
    what: 'Operation',
    key: 'Key',
    until: 'Good until',
    actions: 'Decide',
    seen: 'Input, and how things stood',
    approve: 'Approve',
    deny: 'Refuse',
    approved: 'Approved',
    denied: 'Refused',
  },
})
