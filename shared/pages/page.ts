import { createHash } from 'node:crypto'
import type { Brand } from '../config.ts'
import type { HttpResponse } from '../http-message.ts'
import type { Told } from '../words/language.ts'
import { merchantPages } from '../words/merchant-pages.ts'
import { html, nothing, type Html } from './html.ts'
import { style } from './style.ts'

/** Kept out of the template below: the policy's hash covers each of its characters. */
const styleElement: Html = { html: `<style>${style}</style>` }

let hash: string | undefined
const styleHash = (): string => (hash ??= createHash('sha256').update(style).digest('base64'))

interface PageOptions {
  readonly status: number
  readonly title: Told | undefined
  readonly body: Html
  readonly requestId: string
  readonly brand?: Brand | undefined
  /** The start page must send its origin along: WeChat compares it with the registered domain. */
  readonly referrer?: 'origin'
  readonly headers?: Readonly<Record<string, string>>
}

/** A page without script or anything from elsewhere but the provider's picture. */
export function renderPage({
  status,
  title,
  body,
  requestId,
  brand = {},
  referrer,
  headers,
}: PageOptions): HttpResponse {
  const page = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex,nofollow" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title ? inOneLine(title) : ''}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          ${brandHeader(brand)} ${body}
          <footer>
            ${contactLine(brand)}
            <p>${inOneLine(merchantPages.requestId)}: ${requestId}</p>
          </footer>
        </main>
      </body>
    </html> `
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none';${imageSource(brand)} style-src 'sha256-${styleHash()}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
      'referrer-policy': referrer === 'origin' ? 'strict-origin-when-cross-origin' : 'no-referrer',
      'x-request-id': requestId,
      ...headers,
    },
    body: page.html,
  }
}

const imageSource = ({ logoUrl }: Brand): string =>
  logoUrl === undefined ? '' : ` img-src ${new URL(logoUrl).origin};`

function brandHeader({ name, logoUrl }: Brand): Html {
  if (name === undefined && logoUrl === undefined) return nothing
  const logo = logoUrl === undefined ? nothing : html`<img src="${logoUrl}" alt="" referrerpolicy="no-referrer" />`
  return html`<header class="brand">${logo}${name === undefined ? nothing : html`<span>${name}</span>`}</header>`
}

const phoneNumber = /^\+?[\d][\d -]{4,20}$/

function contactLine({ contact }: Brand): Html {
  if (contact === undefined) return nothing
  const value = phoneNumber.test(contact)
    ? html`<a href="tel:${contact.replaceAll(/[ -]/g, '')}">${contact}</a>`
    : html`${contact}`
  return html`<p>${inOneLine(merchantPages.contact)}: ${value}</p>`
}

/** Chinese, and English below it. */
export const twice = ({ zh, en }: Told): Html => html`${zh}<span class="en">${en}</span>`

export const inOneLine = ({ zh, en }: Told): string => `${zh} ${en}`

/** For whoever loads a page before a person asked for it: nothing has happened yet, and a person can go on from here. */
export const waitingPage = html`<section>
  <h1>${merchantPages.waiting.zh}</h1>
  <span class="en">${merchantPages.waiting.en}</span>
  <div class="ways">
    <a class="button" href="">${twice(merchantPages.goOn)}</a>
  </div>
</section>`
