import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Frame, Locator, Page } from 'playwright-core'
import { closeRouted, takePicture } from '../../fixtures/browser.ts'
import { buildMiniprogram } from '../../../scripts/miniprogram/build.ts'
import { readPackage, SCREEN_WIDTH, type PackageFiles } from './package-files.ts'

const here = dirname(fileURLToPath(import.meta.url))
const simulator = join(dirname(createRequire(import.meta.url).resolve('miniprogram-simulate/package.json')), 'build.js')

export interface PhoneOptions {
  readonly openid: string
  /** Default: Chinese. */
  readonly language?: 'zh' | 'en'
  /** What is opened first. Default: the overview. */
  readonly url?: string
}

/** A person's phone with the mini program open, on WeChat's simulator library in a real browser. */
export interface Phone {
  readonly page: Page
  readonly frame: Frame
  open(url: string): Promise<void>
  /** Taps the topmost of what has this text. */
  tap(text: string): Promise<void>
  /** Waits until this text is seen. */
  see(text: string | RegExp): Promise<void>
  /** Whether this text is to be seen now. */
  sees(text: string): Promise<boolean>
  /** Waits until a toast said this. */
  hear(text: string): Promise<void>
  /** Calls an operation from the mini program's own code; answers the data or the code of the refusal. */
  call(operation: string, input: object): Promise<unknown>
  /** What was copied, once something was. */
  copied(): Promise<string>
  /** What the runtime was told of one kind: `toasts`, `shown`, `calls`, `errors`. */
  told(kind: string): Promise<unknown>
  /** What it was told, once there are so many. */
  heard(kind: string, count: number): Promise<unknown>
  /** Runs a method of the page on top, as WeChat does on a gesture. */
  tell(method: string): Promise<unknown>
  /** Moves the phone's clock on, so that what waits happens. */
  wait(ms: number): Promise<void>
  /** All text that is seen. */
  text(): Promise<string>
  fill(placeholder: string, value: string): Promise<void>
  /** Keeps a picture for the docs, where SCREENSHOTS says. */
  picture(name: string): Promise<void>
  close(): Promise<void>
}

const read = (name: string): Promise<string> => readFile(join(here, name), 'utf8')

let built: Promise<PackageFiles> | undefined

const readBuilt = async (): Promise<PackageFiles> => {
  const { folder } = await buildMiniprogram()
  return readPackage(folder)
}

/** The library takes every rpx for a px, and drops taps near a scroll and slow ones, which a busy machine makes. */
const readSimulator = async (): Promise<string> =>
  (await readFile(simulator, 'utf8'))
    .replaceAll(
      "style.replace(/(\\d+)rpx/ig, '$1px')",
      `style.replace(/(\\d+)rpx/ig, (_, number) => number * ${SCREEN_WIDTH / 750} + 'px')`,
    )
    .replace('SCROLL_PROTECTED = 150', 'SCROLL_PROTECTED = 0')
    .replace('LONGPRESS_TIME = 350', 'LONGPRESS_TIME = 60_000')

/** Ms that something may take to show up on a busy machine. */
const PATIENCE_MS = 10_000

/** Ms after which nothing slides any more. */
const SLIDING_MS = 600

const shown = (locator: Locator): Locator => locator.filter({ visible: true })

const script = (name: string, value: unknown): string =>
  `<script>window.${name} = ${JSON.stringify(value).replaceAll('<', String.raw`\u003c`)}</script>`

export async function openPhone(browser: Browser, host: string, options: PhoneOptions): Promise<Phone> {
  const { openid, language = 'zh', url = '/pages/overview/overview' } = options
  built ??= readBuilt()
  const { files, images, templates, app } = await built
  const context = await browser.newContext({
    viewport: { width: SCREEN_WIDTH, height: 844 },
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  })
  // Time runs as ever, and can be moved on.
  await context.clock.install()
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  await page.route('**/__phone/*', async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1)
    if (name === 'frame') {
      const body = (await read('frame.html')).replace(
        '<header>',
        () => `${script('__FRAME__', { app, images })}<header>`,
      )
      return route.fulfill({ contentType: 'text/html', body })
    }
    if (name === 'simulate.js') return route.fulfill({ body: await readSimulator(), contentType: 'text/javascript' })
    const body = [
      '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
      `<style>${await read('page.css')}</style>`,
      script('__PHONE__', { files, templates, app, host, openid, language }),
      `<script src="simulate.js"></script><script>${await read('built-ins.js')}</script><script>${await read('runtime.js')}</script>`,
      '<script>window.require("/app")</script>',
    ].join('\n')
    return route.fulfill({ contentType: 'text/html', body })
  })
  await page.goto(`${host}/__phone/frame`)
  const frame = page.frame({ name: 'page' })
  assert.ok(frame)
  await frame.goto(`${host}/__phone/page`)
  const phone: Phone = {
    page,
    frame,
    open: async (url) => {
      await frame.evaluate(`window.phone.open(${JSON.stringify(url)})`)
    },
    tap: (text) =>
      shown(frame.getByText(text, { exact: true }))
        .last()
        .tap(),
    see: async (text) => {
      const place = shown(frame.getByText(text)).first()
      await place.waitFor().catch(async () => {
        throw new Error(`${text} is not seen; the screen says:\n${await frame.locator('body').innerText()}`)
      })
    },
    sees: async (text) => (await shown(frame.getByText(text, { exact: true })).count()) > 0,
    hear: async (text) => {
      await frame.waitForFunction(`window.phone.toasts.includes(${JSON.stringify(text)})`)
    },
    call: (operation, input) =>
      frame.evaluate(
        `window.require('/api/call').call(${JSON.stringify(operation)}, ${JSON.stringify(input)}).catch((error) => error.refusal.code)`,
      ),
    copied: async () => {
      await frame.waitForFunction('window.phone.clipboard')
      return String(await frame.evaluate('window.phone.clipboard'))
    },
    told: (kind) => frame.evaluate(`window.phone[${JSON.stringify(kind)}]`),
    heard: async (kind, count) => {
      const list = `window.phone[${JSON.stringify(kind)}]`
      await frame.waitForFunction(`${list}.length >= ${count}`)
      return frame.evaluate(list)
    },
    tell: (method) => frame.evaluate(`window.phone.tell(${JSON.stringify(method)})`),
    wait: (ms) => context.clock.fastForward(ms),
    text: () => frame.locator('body').innerText(),
    fill: (placeholder, value) => shown(frame.getByPlaceholder(placeholder)).first().fill(value),
    picture: async (name) => {
      if (process.env.SCREENSHOTS) await page.waitForTimeout(SLIDING_MS)
      await takePicture(page, `miniprogram-${name}`)
    },
    close: () => closeRouted(context),
  }
  await phone.open(url)
  return phone
}
