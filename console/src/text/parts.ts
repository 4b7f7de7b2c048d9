import { defineTexts } from './language.ts'

export const partTexts = defineTexts({
  actions: { zh: '操作', en: 'Actions' },
  close: { zh: '关闭', en: 'Close' },
  cancel: { zh: '取消', en: 'Cancel' },
  copied: { zh: '已复制', en: 'Copied' },
  loading: { zh: '正在加载', en: 'Loading' },
  previous: { zh: '上一页', en: 'Previous' },
  next: { zh: '下一页', en: 'Next' },
  page: { zh: (number: number) => `第 ${number} 页`, en: (number: number) => `Page ${number}` },
  pages: { zh: '翻页', en: 'Pages' },
  optional: { zh: '选填', en: 'optional' },
  failed: { zh: '这一页没有加载成功', en: 'This page could not be loaded' },
  failedHint: { zh: '可能刚刚更新过版本，请重新加载。', en: 'There may be a new version; reload the page.' },
  reload: { zh: '重新加载', en: 'Reload' },
  add: { zh: '添加', en: 'Add' },
  remove: { zh: (name: string) => `删除 ${name}`, en: (name: string) => `Remove ${name}` },
  findMerchant: { zh: '按商户筛选', en: 'Filter by merchant' },
  merchantPlaceholder: { zh: '商户名称或 appid', en: 'Name or appid of a merchant' },
  noSuchMerchant: { zh: '没有找到这个商户', en: 'No such merchant' },
  onlyOf: { zh: (name: string) => `只看 ${name}`, en: (name: string) => `Only ${name}` },
  clear: { zh: '清除筛选', en: 'Clear the filters' },
  noMatch: { zh: '没有符合条件的记录', en: 'Nothing matches' },
  elsewhere: { zh: '他处发布', en: 'From elsewhere' },
  unknown: { zh: '未知', en: 'Unknown' },
})

/** Of the editor for a template's `ext`. */
export const extTexts = defineTexts({
  ext: { zh: '变量（ext）', en: 'Variables (ext)' },
  about: {
    zh: '小程序里用 wx.getExtConfig() 读取。值里的 {{名称}} 换成各家自己的商户变量。不填则用模板的设置。',
    en: 'Read in the mini program with wx.getExtConfig(). {{name}} in a value becomes what the merchant has. Left empty, the settings of the template hold.',
  },
  editor: { zh: '填写方式', en: 'How to fill it in' },
  form: { zh: '表单', en: 'Form' },
  json: { zh: 'JSON', en: 'JSON' },
  name: { zh: '名称', en: 'Name' },
  value: { zh: '值', en: 'Value' },
  add: { zh: '添加变量', en: 'Add a variable' },
  known: { zh: '商户有的变量：', en: 'Merchants have:' },
  addKnown: { zh: (name: string) => `添加 ${name}`, en: (name: string) => `Add ${name}` },
  notObject: { zh: '须为 JSON 对象：{ … }', en: 'Must be a JSON object: { … }' },
  nestedOnly: { zh: '内容有层级，只能用 JSON 填写', en: 'Has levels below, so JSON only' },
})

/** The words around a refusal. */
export const errorTexts = defineTexts({
  unreachable: { zh: '连不上平台', en: 'The platform was not reached' },
  unreachableHint: {
    zh: '请检查网络后重试；同一操作不会重复执行。',
    en: 'Check the network and try again: the same action is not done twice.',
  },
  field: { zh: '字段', en: 'Field' },
  requestId: { zh: '请求编号', en: 'Request id' },
  copyRequestId: { zh: '复制请求编号', en: 'Copy the request id' },
  retry: { zh: '重试', en: 'Try again' },
})
