/** Writes dist/mutants/: a program of one file for each test that meets the mutants, so that each of hundreds of runs starts at once. */
import { build } from 'esbuild'

const tests = [
  'test/wechat/envelope.test.ts',
  'test/domain/authorizer-token.test.ts',
  'test/domain/claim-queue.test.ts',
  'test/domain/component-token.test.ts',
  'test/domain/release-states.test.ts',
  'test/domain/rollout-next-state.test.ts',
  'test/domain/rollout-steering.test.ts',
  'test/domain/advance-rollouts.test.ts',
  'test/domain/token-sweep.test.ts',
]

await build({
  entryPoints: tests,
  outdir: 'dist/mutants',
  entryNames: '[name]',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: `const ownUrl = require('node:url').pathToFileURL(__filename).href` },
  external: ['lmdb'],
  logLevel: 'warning',
})
