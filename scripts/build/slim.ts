import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Metafile, Plugin } from 'esbuild'
import { slimRules, type SlimRule } from './slim-rules.ts'

/** An esbuild plugin that leaves out what the table names. Packages' files stay untouched. */
export const slim = (rules: readonly SlimRule[] = slimRules): Plugin => ({
  name: 'slim',
  setup(build) {
    const used = new Set<SlimRule>()
    build.onStart(() => used.clear())
    rules.forEach((rule) => {
      if ('file' in rule) {
        build.onLoad({ filter: rule.file }, async ({ path }) => {
          if (packageOf(path) !== rule.from) return undefined
          const contents = await readFile(path, 'utf8')
          if (contents.includes(rule.text)) used.add(rule)
          return { contents: contents.replace(rule.text, rule.by) }
        })
      } else
        build.onResolve({ filter: rule.import }, ({ importer, path }) => {
          if (packageOf(importer) !== rule.from) return undefined
          used.add(rule)
          const pluginData: StubOrigin = { stub: rule.stub, resolveDir: dirname(importer) }
          return { path: `${rule.from} ${path}`, namespace: 'slim', pluginData }
        })
    })
    build.onLoad({ filter: /./, namespace: 'slim' }, ({ pluginData }: { pluginData: StubOrigin }) => ({
      contents: pluginData.stub,
      resolveDir: pluginData.resolveDir,
    }))
    build.onEnd(({ metafile }) => ({ errors: findUnusedRules(rules, used, metafile).map(describeUnused) }))
  },
})

interface StubOrigin {
  readonly stub: string
  readonly resolveDir: string
}

/** `/x/node_modules/@a/b/dist/c.js` → `@a/b`; nothing for files outside packages. */
export const packageOf = (file: string): string | undefined =>
  /.*[\\/]?node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)?.[1]?.replace('\\', '/')

/** A rule that meets its package and never matches has been overtaken by a new version of the package: the weight is back. */
const findUnusedRules = (rules: readonly SlimRule[], used: ReadonlySet<SlimRule>, metafile: Metafile | undefined) => {
  const bundled = new Set(Object.keys(metafile?.inputs ?? {}).map(packageOf))
  return rules.filter((rule) => bundled.has(rule.from) && !used.has(rule))
}

const describeUnused = (rule: SlimRule) => ({
  text: `scripts/build/slim-rules.ts: ${'file' in rule ? `no ${rule.file} of ${rule.from} says ${rule.text}` : `nothing in ${rule.from} imports ${rule.import}`} any more (${rule.why})`,
})
