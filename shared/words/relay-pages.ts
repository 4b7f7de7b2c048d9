import type { Told } from './language.ts'

const unavailable = {
  zh: '页面暂时打不开。请过一会儿刷新；授权链接仍然有效，不必重新索取。',
  en: 'This page cannot be shown right now. Please reload it in a moment; your link stays valid and you do not need a new one.',
}

/** What merchants read where the relay cannot show a page. */
export const relayPages = {
  title: { zh: '暂时无法打开', en: 'Not available' },
  400: {
    zh: '这个请求无法识别。请从服务商提供的链接重新打开。',
    en: 'This request cannot be read. Please open the link from your service provider again.',
  },
  413: { zh: '提交的内容过大。', en: 'What was sent is too large.' },
  502: unavailable,
  504: unavailable,
} as const satisfies Readonly<Record<string | number, Told>>
