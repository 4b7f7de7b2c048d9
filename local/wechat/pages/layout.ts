import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

const style = `
*{box-sizing:border-box}
body{margin:0;background:#ededed;color:#191919;font:16px/1.6 -apple-system,"PingFang SC","Microsoft YaHei",sans-serif}
header{background:#fff;border-bottom:1px solid #e5e5e5;padding:14px 20px;font-weight:600}
header small{color:#888;font-weight:400;margin-left:8px}
main{max-width:960px;margin:20px auto;padding:0 16px}
main.narrow{max-width:520px}
section,form.card{background:#fff;border-radius:10px;padding:18px 20px;margin-bottom:16px}
h1{font-size:20px;margin:4px 0 12px}h2{font-size:17px;margin:0 0 10px}
label.choice{display:flex;gap:10px;align-items:flex-start;padding:10px 0;border-top:1px solid #f0f0f0}
label.choice:first-of-type{border-top:0}
label.choice input{margin-top:6px;width:18px;height:18px;accent-color:#07c160}
label small,.muted{color:#888;display:block;font-size:14px}
button,.button{border:0;border-radius:8px;padding:10px 18px;font:inherit;background:#07c160;color:#fff;cursor:pointer;text-decoration:none;display:inline-block}
button.plain{background:#f2f2f2;color:#06ae56}button.danger{background:#fa5151}
button.wide{width:100%;margin-top:10px}button.small{padding:4px 10px;font-size:14px}
input[type=text],textarea{width:100%;padding:9px 12px;font:inherit;border:1px solid #ddd;border-radius:8px}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;padding:8px 10px;border-top:1px solid #f0f0f0;vertical-align:top}
th{color:#888;font-weight:400;border-top:0;white-space:nowrap}code,pre{font-size:13px;word-break:break-all;white-space:pre-wrap;margin:0}
.tag{display:inline-block;border-radius:4px;padding:0 8px;font-size:13px;background:#f2f2f2;color:#555;white-space:nowrap}
.good{background:#e1f7ea;color:#06974a}.bad{background:#fde8e8;color:#d03a3a}.wait{background:#fff4df;color:#a36a00}
.row{display:flex;gap:10px;flex-wrap:wrap;align-items:center}td form{display:inline}td code{word-break:normal}.table .answer code{word-break:break-all}
.muted+form.row,.table+form.row{margin-top:12px}
form:has([data-type=miniProgram]:checked) .set-officialAccount,form:has([data-type=officialAccount]:checked) .set-miniProgram{display:none}
`

/** A whole page. Everything interpolated is escaped by `html`. */
export const renderPage = (title: string, body: Html, width: 'narrow' | 'wide' = 'wide'): Html =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <header>微信开放平台<small>本机模拟</small></header>
        <main class="${width}">${body}</main>
      </body>
    </html>`
