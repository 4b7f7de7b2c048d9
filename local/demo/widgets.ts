import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** A form that page.js sends to `/demo/actions/{action}`; `fixed` are fields that nobody types. */
export const actionForm = (action: string, fixed: Readonly<Record<string, string | number>>, content: Html): Html =>
  html`<form data-action="${action}">
    ${Object.entries(fixed).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    ${content}
  </form>`

export const tag = (words: string, tone: 'good' | 'bad' | 'wait' | 'plain'): Html =>
  html`<span class="tag ${tone}">${words}</span>`
