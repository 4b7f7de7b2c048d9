/**
 * npm run deploy -- [--dry-run] [--only NAME]…    NAME: a function, or console
 *
 * Brings the CloudBase environment that .env names to what this folder says: collections, indexes, permissions, functions with timers,
 * security rules, HTTP routes, data migrations, and the web console where static hosting is on. Reads the cloud first and changes only what differs, so it can be repeated and goes on
 * where it stopped. Ends with 1 if something failed. docs/deployment.md tells the whole way.
 *
 * Writes dist/ and the environment.
 */
import { runDeploy } from './deploy/command.ts'

process.exitCode = await runDeploy(process.argv.slice(2), {
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
})
