/**
 * `npm run doctor`: what is wrong with an environment, or whether a platform passes 全网发布检测. For people, and for CI.
 *
 * The release check sends a handful of pushes, none of which touches a ticket or a merchant. Where WECHAT_API_BASE names a simulated
 * WeChat the robot's code is a real one there, and the customer-service message is waited for. Writes nothing here.
 */
import { commandLine, NOT_UNDERSTOOD, runCommand } from './command-line.ts'
import { diagnose } from './doctor/diagnose.ts'
import { isBad, renderFinding } from './doctor/finding.ts'
import { checkRelease, type CheckResult } from './doctor/release-check.ts'
import { readTarget } from './doctor/target.ts'
import { readEnvironment } from './deploy/values.ts'
import { both, DeployError } from './deploy/words.ts'

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

const checkReleaseOf = async (url: string | undefined): Promise<number> => {
  const target = readTarget(await readEnvironment(process.env), url)
  process.stdout.write(`全网发布检测 · release check of ${target.baseUrl}\n\n`)
  const results = await checkRelease(target, (result) => process.stdout.write(`${describe(result)}\n`))
  const failed = results.filter(({ passed }) => !passed).length
  process.stdout.write(
    failed === 0 ? '\n全部通过 · all passed\n' : `\n${failed} 项未通过 · ${failed} of ${results.length} failed\n`,
  )
  return failed === 0 ? 0 : 1
}

let status = 0
const doctor = commandLine(
  'npm run doctor --',
  "Looks at the environment of .env and says what is wrong, why it matters and what to click: variables, clock, domains, permissions, timers, egress address, ticket, tokens, quota. With --release-check it plays WeChat's robot of 全网发布检测 against a running platform, before WeChat does. Ends with 0 if all is well, 1 if not, 2 if it was called wrongly.",
  ['npm run doctor -- --json', 'npm run doctor -- --release-check --url https://fleet.example.com'],
)
  .option('--local <url>', 'the local host there instead')
  .option('--json', 'findings for programs')
  .option('--release-check', 'one line a test; configuration from .env or the environment')
  .option('--url <url>', 'the platform to check; PUBLIC_BASE_URL unless given')
  .action(async ({ local, json = false, releaseCheck, url }) => {
    status = releaseCheck ? await checkReleaseOf(url) : await lookAtAll(local, json)
  })

process.exitCode =
  (await runCommand(doctor).catch((error: unknown) => {
    const cure = error instanceof DeployError ? `\n${both(error.cure)}` : ''
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}${cure}\n`)
    return NOT_UNDERSTOOD
  })) ?? status
