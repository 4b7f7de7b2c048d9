import { dirname } from 'node:path'
import type { Metafile, Plugin } from 'esbuild'
import { slimRules, type SlimRule } from './slim-rules.ts'

/** An esbuild plugin that answers each import of the table with its stub. Packages' files stay untouched. */
export const slim = (rules: readonly SlimRule[] = slimRules): Plugin => ({
  name: 'slim',
  setup(build) {
    const used = new Set<SlimRule>()
    build.onStart(() => used.clear())
    rules.forEach((rule, index) => {
      build.onResolve({ filter: rule.import }, ({ importer, path }) => {
        if (packageOf(importer) !== rule.from) return undefined
        used.add(rule)
        return { path: `${rule.from} ${path}`, namespace: 'slim', pluginData: { index, resolveDir: dirname(importer) } }
      })
    })
    build.onLoad({ filter: /./, namespace: 'slim' }, ({ pluginData }: { pluginData: StubOrigin }) => ({
      contents: rules[pluginData.index]?.stub ?? '',
      resolveDir: pluginData.resolveDir,
      loader: 'js',
    }))
    build.onEnd(({ metafile }) => ({ errors: findUnusedRules(rules, used, metafile).map(describeUnused) }))
  },
})

interface StubOrigin {
  readonly index: number
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
  text: `scripts/build/slim-rules.ts: nothing in ${rule.from} imports ${rule.import} any more (${rule.why})`,
})
