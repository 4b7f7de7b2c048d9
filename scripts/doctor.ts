/**
 * npm run doctor -- [--local URL] [--json]
 *
 * Looks at the environment of .env (or at the local host there) and says what is wrong, why it matters and what to click: variables,
 * clock, domains, permissions, timers, egress address, ticket, tokens, quota. Ends with 0 unless something does not work, for CI.
 *
 * npm run doctor -- --release-check [--url URL]
 *
 * Plays WeChat's robot of 全网发布检测 against a running platform, before WeChat does: the configuration comes from .env or the environment
 * (COMPONENT_APPID, COMPONENT_TOKEN, COMPONENT_AES_KEY, PUBLIC_BASE_URL or --url). Sends a handful of pushes, none of which touches a
 * ticket or a merchant. Where WECHAT_API_BASE names a simulated WeChat the robot's code is a real one there, and the
 * customer-service message is waited for.
 *
 * Prints one line a test. Ends with 0 if all passed, 1 if not, 2 if it was called wrongly. Writes nothing here.
 */
import { parseArgs } from 'node:util'
import { diagnose } from './doctor/diagnose.ts'
import { isBad, renderFinding } from './doctor/finding.ts'
import { checkRelease, type CheckResult } from './doctor/release-check.ts'
import { readTarget } from './doctor/target.ts'
import { readEnvironment } from './deploy/values.ts'
import { both, DeployError } from './deploy/words.ts'

const usage = 'usage: npm run doctor -- [--local URL] [--json] | --release-check [--url URL]'

const describe = ({ name, passed, tookMs, came, cure }: CheckResult): string =>
  passed
    ? `✓ ${name} (${tookMs} ms)`
    : `✗ ${name} (${tookMs} ms)\n    came 得到: ${came}${cure === undefined ? '' : `\n    cure 处理: ${cure}`}`

const lookAtAll = async (local: string | undefined, json: boolean): Promise<number> => {
  const findings = await diagnose(process.env, local)
  const bad = findings.filter(isBad).length
  if (json) process.stdout.write(`${JSON.stringify({ ok: bad === 0, findings }, null, 2)}\n`)
  else
    process.stdout.write(
      `${findings.map(renderFinding).join('\n')}\n\n${bad === 0 ? '没有故障 · nothing is broken' : `${bad} 项故障 · ${bad} errors`}\n`,
    )
  return bad === 0 ? 0 : 1
}

const run = async (): Promise<number> => {
  const options = {
    'release-check': { type: 'boolean' },
    url: { type: 'string' },
    local: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { 'release-check': releaseCheck, url, local, json = false } = parseArgs({ options }).values
  if (releaseCheck !== true) return lookAtAll(local, json)
  const target = readTarget(await readEnvironment(process.env), url)
  process.stdout.write(`全网发布检测 · release check of ${target.baseUrl}\n\n`)
  const results = await checkRelease(target, (result) => process.stdout.write(`${describe(result)}\n`))
  const failed = results.filter(({ passed }) => !passed).length
  process.stdout.write(
    failed === 0 ? '\n全部通过 · all passed\n' : `\n${failed} 项未通过 · ${failed} of ${results.length} failed\n`,
  )
  return failed === 0 ? 0 : 1
}

process.exitCode = await run().catch((error: unknown) => {
  const cure = error instanceof DeployError ? `\n${both(error.cure)}` : ''
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${cure}\n${usage}\n`)
  return 2
})
