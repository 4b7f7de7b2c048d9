import { openDatabase } from '../../../local/database/database.ts'
import { serveDatabase } from '../../../local/database/server.ts'

/** A database in a process of its own, to be killed: `serve.ts <folder>`, tells its parent the URL. */
const database = await openDatabase({ folder: process.argv[2] ?? '', collections: ['things'] })
const { url } = await serveDatabase(database, { port: 0 })
process.send?.(url)
