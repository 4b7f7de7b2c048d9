import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const folder = join(dirname(createRequire(import.meta.url).resolve('tdesign-icons-svg/package.json')), 'src')

/** Icons that a source may mean: words in quotes that are the name of one. */
export const findIconNames = (source: string): string[] =>
  [...source.matchAll(/['"]([a-z][a-z\d-]*)['"]/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => existsSync(join(folder, `${name}.svg`)))

/**
 * TDesign's icon styles with these icons drawn in the file itself, instead of all 2,000 of a font that is loaded from another server.
 */
export async function drawIcons(styles: string, names: readonly string[]): Promise<string> {
  const own = styles.replace(/@font-face\s*\{[^}]*\}/, '').replace(/\.t-icon-[\w-]+:before\s*\{content:[^}]*\}\s*/g, '')
  const base = '.t-icon-base:before{display:block;width:1em;height:1em;background:currentColor;}'
  const rules = await Promise.all(
    [...new Set(names)].sort().map(async (name) => {
      const mask = `url("data:image/svg+xml,${encodeSvg(await readFile(join(folder, `${name}.svg`), 'utf8'))}")`
      return `.t-icon-${name}:before{content:'';-webkit-mask:${mask} center/contain no-repeat;}`
    }),
  )
  return [own, base, ...rules].join('\n')
}

/** As a mask only what is opaque counts. */
const encodeSvg = (svg: string): string =>
  svg
    .replace('view-box', 'viewBox')
    .replace(/ (class|id|width|height)="[^"]*"/g, '')
    .replaceAll('currentColor', 'black')
    .replaceAll('"', "'")
    .replace(/[<>#%{}]/g, encodeURIComponent)
