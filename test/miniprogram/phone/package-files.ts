import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import * as v from 'valibot'

const require = createRequire(import.meta.url)

/** Width of the screen in px; a mini program measures it as 750 rpx. */
export const SCREEN_WIDTH = 390

const compiler: { wxmlToJs(folder: string): string } = require('miniprogram-compiler')

export interface PackageFiles {
  /** Text files by path from the root, `/pages/…`; styles in px. */
  readonly files: Readonly<Record<string, string>>
  /** Pictures as data URLs by path without a slash in front. */
  readonly images: Readonly<Record<string, string>>
  /** What WeChat's compiler makes of all templates. */
  readonly templates: string
  readonly app: unknown
}

/** A built mini program as a browser can take it: in one piece, with styles that browsers know. */
export async function readPackage(folder: string): Promise<PackageFiles> {
  const files: Record<string, string> = {}
  const images: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = relative(folder, join(entry.parentPath, entry.name))
    const bytes = await readFile(join(folder, path))
    if (path.endsWith('.png')) images[path] = `data:image/png;base64,${bytes.toString('base64')}`
    else files[`/${path}`] = `${path.endsWith('.js') ? withoutBrowser : ''}${bytes.toString()}`
  }
  for (const [path, text] of Object.entries(files))
    if (path.endsWith('.wxss')) files[path] = styleForBrowser(path, text)
  const app: unknown = JSON.parse(files['/app.json'] ?? '{}')
  for (const page of pagesOf(app))
    files[`/${page}.wxss`] = `${files['/app.wxss'] ?? ''}\n${files[`/${page}.wxss`] ?? ''}`
  return { files, images, templates: compiler.wxmlToJs(folder), app }
}

/** A mini program's scripts have none of these. */
const withoutBrowser =
  'var window, document, fetch, URL, URLSearchParams, TextEncoder, TextDecoder, crypto, localStorage, navigator, AbortController, structuredClone;'

const appSchema = v.object({
  pages: v.array(v.string()),
  subPackages: v.optional(v.array(v.object({ root: v.string(), pages: v.array(v.string()) })), []),
})

/** Paths of all pages, those of sub-packages with their root. */
export const pagesOf = (app: unknown): string[] => {
  const { pages, subPackages } = v.parse(appSchema, app)
  return [...pages, ...subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`))]
}

const pxPerRpx = SCREEN_WIDTH / 750

const styleForBrowser = (path: string, wxss: string): string =>
  wxss
    .replace(/(-?\d*\.?\d+)rpx/g, (_, number: string) => `${Math.round(Number(number) * pxPerRpx * 100) / 100}px`)
    .replace(/(^|[\s,}])page(?=\s*[,{])/g, '$1body')
    .replaceAll('Arial Regular', 'sans-serif')
    .replace(/:host\b/g, /([\w-]+)\.wxss$/.exec(path)?.[1] ?? '')
