import type { HttpRequest } from '../http-message.ts'

/** Programs that fetch a link to show what is behind it. Whole names: "bot" alone is also part of a phone's name. */
const previews =
  /facebookexternalhit|facebot|twitterbot|slackbot|telegrambot|discordbot|linkedinbot|skypeuripreview|dingtalkbot|googlebot|bingbot|baiduspider|applebot|whatsapp\//i

/** Whether a page is only looked at ahead of time. Such a request uses nothing up: no call of WeChat, nothing written. */
export function isLinkPreview({ method, headers }: HttpRequest): boolean {
  const purposes = [headers['sec-purpose'], headers['purpose'], headers['x-purpose'], headers['x-moz']].join(' ')
  return method === 'HEAD' || /prefetch|preview|prerender/i.test(purposes) || previews.test(headers['user-agent'] ?? '')
}
