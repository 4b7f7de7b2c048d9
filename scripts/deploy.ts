/** `npm run deploy`: the CloudBase environment becomes what this folder says. Writes dist/ and the environment. */
import { runDeploy } from './deploy/command.ts'

process.exitCode = await runDeploy(process.argv.slice(2), {
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
})
