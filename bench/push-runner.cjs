/** Calls the function in argv[2] with each event of stdin in turn; prints microseconds of CPU a call, after a warm-up. */
'use strict'

const { readFileSync } = require('node:fs')

const run = async () => {
  const { main } = require(process.argv[2])
  const events = JSON.parse(readFileSync(0, 'utf8'))
  const warmUp = Math.floor(events.length / 2)
  let begun
  for (const [index, event] of events.entries()) {
    if (index === warmUp) begun = process.cpuUsage()
    const { statusCode } = await main(event, { request_id: String(index), function_name: 'bench' })
    if (statusCode !== 200) throw new Error(`answered ${statusCode}`)
  }
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / (events.length - warmUp)
}

const { write } = process.stdout
process.stdout.write = () => true
void run().then((micros) => {
  write.call(process.stdout, String(micros))
  process.exit()
})
