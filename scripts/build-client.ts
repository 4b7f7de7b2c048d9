/**
 * `npm run build:client`: the package minifleet-client, as it is published (`npm publish dist/client`).
 *
 * Writes dist/client: for `import` and for `require` one file each with its types beside, the manifest, both READMEs and the licence.
 */
import { buildClient } from './build/client.ts'
import { commandLine, runCommand } from './command-line.ts'

process.exitCode = await runCommand(
  commandLine(
    'npm run build:client --',
    'Writes the package minifleet-client to dist/client, to be packed or published from there (npm publish dist/client).',
  ).action(async () => void (await buildClient())),
)
