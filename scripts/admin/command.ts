import { commandLine } from '../command-line.ts'

/** What is asked of the platform, as its own operations are. */
export interface OperationCommand {
  readonly operation: string
  readonly input: object
  readonly local: string | undefined
}

/** What is done on the database itself. */
export interface DataCommand {
  readonly work: 'export' | 'check' | 'import' | 'reseal'
  readonly file: string
  readonly merge: boolean
  readonly local: string | undefined
}

/** What takes the platform's operations several calls. */
export interface ErrandCommand {
  readonly errand: 'adopt' | 'sync'
  readonly file: string
  readonly dryRun: boolean
  readonly local: string | undefined
}

export type AdminCommand = OperationCommand | DataCommand | ErrandCommand

/** Every word is a command of its own with its own help; which it is, `act` carries out. */
export function adminCommand(act: (command: AdminCommand) => Promise<void>) {
  const admin = commandLine(
    'npm run admin --',
    "Works on the environment of .env with its Tencent Cloud key, so the first owner needs no other. With MINIFLEET_API_KEY (an owner's) what is not done on the database itself asks the platform's own API at PUBLIC_BASE_URL instead. Ends with 1 if it failed, or adopt could not bind everybody.",
    [
      'npm run admin -- put o-Abc123 owner 小明',
      'npm run admin -- key ci operator 2027-01-31T00:00:00Z',
      'npm run admin -- adopt merchants.csv --dry-run',
      'npm run admin -- export fleet.backup',
    ],
  ).option('--local <url>', 'the local host there, started with the same process environment')
  const ask = (operation: string, input: object): Promise<void> => act({ operation, input, local: admin.opts().local })
  const work = (work: DataCommand['work'], file = '', merge = false): Promise<void> =>
    act({ work, file, merge, local: admin.opts().local })
  const run = (errand: ErrandCommand['errand'], file = '', dryRun = false): Promise<void> =>
    act({ errand, file, dryRun, local: admin.opts().local })

  admin
    .command('list')
    .description('people with a role')
    .action(() => ask('admins.list', { limit: 100 }))
  admin
    .command('put <id> <role> [name]')
    .description('gives the OPENID (or uid of a web login) a role: viewer, operator or owner')
    .action((id, role, name) => ask('admins.put', { id, role, ...(name !== undefined && { name }) }))
  admin
    .command('delete <id>')
    .description('takes the role away')
    .action((id) => ask('admins.delete', { id }))
  admin
    .command('keys')
    .description('API keys, without the keys themselves')
    .action(() => ask('apiKeys.list', { limit: 100 }))
  admin
    .command('key <name> <role> [expires]')
    .description('makes an API key, shown this once; expires as in 2027-01-31T00:00:00Z')
    .action((name, role, expiresAt) =>
      ask('apiKeys.create', { name, role, ...(expiresAt !== undefined && { expiresAt }) }),
    )
  admin
    .command('revoke <keyId>')
    .description('revokes an API key at once')
    .action((keyId) => ask('apiKeys.revoke', { keyId }))
  admin
    .command('adopt <file>')
    .description(
      'binds merchants that have authorized already to their businesses: a CSV file with the columns businessId,appid and one for each attribute',
    )
    .option('--dry-run', 'only says what would come of it', false)
    .action((file, { dryRun }) => run('adopt', file, dryRun))
  admin
    .command('sync')
    .description("compares with WeChat's own list of authorized accounts until all were looked at")
    .action(() => run('sync'))
  admin
    .command('export <file>')
    .description('saves all that is stored, encrypted under BACKUP_PASSPHRASE')
    .action((file) => work('export', file))
  admin
    .command('check <file>')
    .description('reads such a file through: whether all is in it, and whether SEAL_KEYS opens it')
    .action((file) => work('check', file))
  admin
    .command('import <file>')
    .description('puts it into an empty environment; goes on where it stopped')
    .option('--merge', 'into one that has merchants, adding what is missing and changing nothing that is there', false)
    .action((file, { merge }) => work('import', file, merge))
  admin
    .command('reseal')
    .description('seals all values under the first key of SEAL_KEYS at once, and says which keys are still needed')
    .action(() => work('reseal'))
  return admin
}
