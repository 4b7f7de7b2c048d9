import { defineTexts } from './language.ts'

export const templatesTexts = defineTexts({
  title: { zh: '模板', en: 'Templates' },
  drafts: { zh: '草稿箱', en: 'Drafts' },
  draftsAbout: {
    zh: '开发者用开发小程序上传的代码先到草稿箱；同一个开发小程序的新上传会覆盖旧的。',
    en: 'What developers upload from a development mini program lands here; a later upload of the same one replaces it.',
  },
  version: { zh: '版本', en: 'Version' },
  description: { zh: '说明', en: 'Description' },
  source: { zh: '来源小程序', en: 'Uploaded from' },
  developer: { zh: '开发者', en: 'Developer' },
  uploadedAt: { zh: '上传时间', en: 'Uploaded' },
  promote: { zh: '加入模板库', en: 'Make it a template' },
  promoteTitle: { zh: '加入模板库？', en: 'Make it a template?' },
  promoteConsequence: {
    zh: (version: string) => `草稿 ${version} 会成为新的模板，可以发给商户。模板库最多 200 个；线上版本不受影响。`,
    en: (version: string) =>
      `Draft ${version} becomes a new template that can be shipped. WeChat keeps 200 at most; live versions are not touched.`,
  },
  promoted: { zh: (id: number) => `已加入模板库，模板 #${id}`, en: (id: number) => `It is template #${id} now` },
  isTemplate: { zh: (id: number) => `已是模板 #${id}`, en: (id: number) => `Template #${id}` },
  noDrafts: { zh: '草稿箱是空的', en: 'There are no drafts' },
  noDraftsHint: {
    zh: '在微信开发者工具里打开绑定到平台的开发小程序，点「上传」，代码就会出现在这里。',
    en: "Open a development mini program of the platform in WeChat's developer tools and press upload (上传): the code appears here.",
  },
  templates: { zh: '模板库', en: 'Templates' },
  template: { zh: '模板', en: 'Template' },
  addedAt: { zh: '加入时间', en: 'Added' },
  standard: { zh: '标准模板', en: 'Standard template' },
  users: { zh: '在用商户', en: 'Merchants on it' },
  usersOf: { zh: (id: number) => `线上是模板 #${id} 的商户`, en: (id: number) => `Merchants live on template #${id}` },
  counting: { zh: '统计中', en: 'Counting' },
  usersCount: { zh: (count: number) => `${count} 家`, en: (count: number) => String(count) },
  partial: {
    zh: (count: number) => `只统计了前 ${count} 家商户`,
    en: (count: number) => `Only the first ${count === 1 ? 'merchant was' : `${count} merchants were`} looked at`,
  },
  noTemplates: { zh: '模板库是空的', en: 'There are no templates' },
  noTemplatesHint: {
    zh: '从草稿箱把一个版本加入模板库，才能发给商户。',
    en: 'Make a draft a template; then it can be shipped.',
  },
  settings: { zh: '设置', en: 'Settings' },
  settingsOf: { zh: (id: number) => `模板 #${id} 的设置`, en: (id: number) => `Settings of template #${id}` },
  settingsAbout: {
    zh: '来自同一来源小程序的模板共用这些设置。上传代码和批量发布都从这里开始；各商户的值来自它的商户变量。',
    en: "All templates of one source mini program share them. Commits and rollouts start from here; each merchant's values are its own variables.",
  },
  settingsSaved: { zh: '设置已保存', en: 'Settings saved' },
  ext: { zh: '配置（ext）', en: 'Configuration (ext)' },
  extHint: {
    zh: '小程序里用 wx.getExtConfig() 读取的 JSON；{{名称}} 换成商户变量，例如 {"shop": "{{shopName}}"}。留空表示沿用各商户上一次的配置。',
    en: 'JSON that the mini program reads with wx.getExtConfig(); {{name}} becomes a variable of the merchant, for example {"shop": "{{shopName}}"}. Left empty, each merchant keeps what it was sent last.',
  },
  extJson: { zh: 'ext_json 的其他键', en: 'Other keys of ext_json' },
  extJsonHint: {
    zh: '例如 window、tabBar，会合并进小程序的全局配置。',
    en: "For example window or tabBar; they are merged into the mini program's own configuration.",
  },
  variables: { zh: '变量', en: 'Variables' },
  variablesAbout: {
    zh: '必填变量没有值的商户不会发布；有缺省值的用缺省值；其余为空文本，发布前会提醒。',
    en: 'A merchant without a required one is not shipped to; where there is a default it stands for a missing one; else the text is empty, with a warning first.',
  },
  variableName: { zh: '名称', en: 'Name' },
  variableLabel: { zh: '显示名称', en: 'Label' },
  variableDefault: { zh: '缺省值', en: 'Default' },
  variableRequired: { zh: '必填', en: 'Required' },
  addVariable: { zh: '添加变量', en: 'Add a variable' },
  save: { zh: '保存', en: 'Save' },
  rollout: { zh: '批量发布', en: 'Roll out' },
  remove: { zh: '删除', en: 'Delete' },
  removeTitle: { zh: '删除模板？', en: 'Delete the template?' },
  removeConsequence: {
    zh: (id: number, count: number) =>
      `模板 #${id} 将不能再发给商户，也不能恢复。${count > 0 ? `${count} 家商户的线上版本继续运行。` : '线上版本不受影响。'}`,
    en: (id: number, count: number) =>
      `Template #${id} can no longer be shipped, and does not come back. ${count > 0 ? `${count === 1 ? '1 merchant keeps' : `${count} merchants keep`} running on it.` : 'Live versions are not touched.'}`,
  },
  removed: { zh: '模板已删除', en: 'Template deleted' },
})
