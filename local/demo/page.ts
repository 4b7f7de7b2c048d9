import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { callsPanel, merchantsPanel, platformPanel, type Done } from './panels.ts'
import { progressOf } from './progress.ts'
import { steps, type Scene } from './steps.ts'
import type { Html } from './widgets.ts'

/** A part of the page that changes by itself. `version` tells whether it did. */
export interface Region {
  readonly version: string
  readonly html: string
}

export interface View {
  /** Region name → its present content. */
  readonly regions: Readonly<Record<string, Region>>
  /** `1` to `8` → how far the selected merchant is. */
  readonly progress: Readonly<Record<string, string>>
  readonly business: string
}

const region = async (content: Html): Promise<Region> => {
  const text = String(await content)
  return { html: text, version: createHash('sha256').update(text).digest('base64url').slice(0, 12) }
}

export const drawView = async (scene: Scene, done: readonly Done[]): Promise<View> => {
  const { snapshot, journey } = scene
  const numbered = await Promise.all(
    steps.map(async ({ body }, index) => [`step-${index + 1}`, await region(body(scene))] as const),
  )
  return {
    business: snapshot.selected?.businessId ?? '',
    progress: Object.fromEntries(steps.map((_, index) => [index + 1, progressOf(journey, index + 1)])),
    regions: {
      ...Object.fromEntries(numbered),
      merchants: await region(merchantsPanel(snapshot)),
      platform: await region(platformPanel(snapshot)),
      calls: await region(callsPanel(done)),
    },
  }
}

export interface Address {
  readonly title: string
  readonly url: string
  /** For programs: nothing to look at in a browser. */
  readonly machine?: true
}

const panel = (title: string, titleEn: string, content: Html): Html =>
  html`<section class="panel">
    <h2>${title} <span class="en">${titleEn}</span></h2>
    ${content}
  </section>`

export const drawPage = (view: View, addresses: readonly Address[]): Html => {
  const live = (name: string): Html => {
    const { version = '', html: content = '' } = view.regions[name] ?? {}
    return html`<div data-region="${name}" data-version="${version}">${raw(content)}</div>`
  }
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Minifleet 演示 · Demo</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/demo/page.css" />
        <script type="module" src="/demo/page.js"></script>
      </head>
      <body>
        <header>
          <h1>Minifleet</h1>
          <p>
            从商户授权到小程序上线，在一台电脑上走一遍：云函数是真的，微信是模拟的。
            <span class="en"
              >From a merchant's authorization to the released mini program, on one machine. The functions are the real
              ones, WeChat is simulated.</span
            >
          </p>
        </header>
        <main>
          <div class="merchant-list">${panel('商户', 'Merchants', live('merchants'))}</div>
          <ol class="steps">
            ${steps.map(
              ({ title, titleEn }, index) =>
                html`<li id="step-${index + 1}" data-progress="${view.progress[index + 1] ?? 'later'}">
                  <h2>${title} <span class="en">${titleEn}</span></h2>
                  ${live(`step-${index + 1}`)}
                  <div class="result" role="status"></div>
                </li>`,
            )}
          </ol>
          <aside>
            ${panel('平台状态', 'Platform', live('platform'))} ${panel('最近的调用', 'Recent calls', live('calls'))}
            ${panel(
              '地址',
              'Addresses',
              html`<ul class="addresses">
                ${addresses.map(({ title, url, machine }) => html`<li>${title}<br />${machine ? html`<code>${url}</code>` : html`<a href="${url}" target="_blank" rel="noopener">${url}</a>`}</li>`)}
              </ul>`,
            )}
          </aside>
        </main>
      </body>
    </html>`
}
