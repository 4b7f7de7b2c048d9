import { html } from 'hono/html'
import type { Shop } from './shops.ts'

type Html = ReturnType<typeof html>

const page = (title: string, content: Html, head: Html | '' = '') =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${head}
      </head>
      <body>
        <h1>${title}</h1>
        ${content}
      </body>
    </html>`

export const signUpPage = () =>
  page(
    '开店 Open a shop',
    html`<form method="post" action="/shops">
      <label>店铺名称 Name <input name="name" required maxlength="64" /></label>
      <button>下一步 Next</button>
    </form>`,
  )

/** `none`: never invited, or the link has expired. */
export type Status = 'none' | 'pending' | 'bound' | 'revoked'

const words: Readonly<Record<Status, string>> = {
  none: '授权链接已过期 The link has expired',
  pending: '等待授权 Waiting for the authorization',
  bound: '已接入 Connected',
  revoked: '授权已取消 The authorization was withdrawn',
}

/** Looks again every three seconds until the mini program is connected. */
export const shopPage = ({ id, name, inviteUrl }: Shop, status: Status, nickName = '') =>
  page(
    name,
    html`<p>${words[status]} ${nickName}</p>
      ${status === 'bound' ? '' : next(id, status === 'none' ? undefined : inviteUrl)}`,
    status === 'bound' ? '' : html`<meta http-equiv="refresh" content="3" />`,
  )

const next = (id: string, inviteUrl: string | undefined) =>
  inviteUrl === undefined
    ? html`<form method="post" action="/shops/${id}/link"><button>新的授权链接 New link</button></form>`
    : html`<p><a href="${inviteUrl}">授权小程序 Connect the mini program</a></p>`

export const troublePage = (message: string) => page('稍后再试 Try again later', html`<p>${message}</p>`)
