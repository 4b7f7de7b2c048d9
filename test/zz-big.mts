import { readFileSync } from 'node:fs'
import { startPlatform } from './fixtures/platform.ts'
import { databaseCalls, editRows } from './fixtures/interference.ts'
const N = 20000
const p = await startPlatform({ wechat: { refreshTokens: 'rotateWithGrace' }, host: { maxInstances: 2 } })
await p.wechat.control.createMerchants({ count: N, granted: true })
for (let known = 0; known < N; ) {
  await p.ask('authorizers.sync')
  const n = p.host.database.dump()['authorizers']?.length ?? 0
  console.log('known', n)
  if (n === known) break
  known = n
}
await editRows(p, 'authorizers', { status: 'active' }, { dueAt: new Date(1000), expiresAt: new Date(1000) })
await p.wechat.control.changeSettings({ latencyMs: 200 })
await p.wechat.control.resetCalls()
p.host.database.faults.resetCounts()
let peak = 0
const watch = setInterval(() => {
  for (const pid of p.host.stats()['refreshTokens']?.pids ?? []) {
    try { peak = Math.max(peak, Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)) } catch {}
  }
}, 500)
for (let run = 1; run < 15; run++) {
  const t = performance.now()
  const r: any = await p.host.fireTimer('refreshTokens')
  console.log(run, JSON.stringify(r), Math.round(performance.now() - t), 'ms', Math.round(peak / 1024), 'MiB')
  if (r.remaining === 0) break
}
clearInterval(watch)
console.log(databaseCalls(p), (await p.wechat.control.callCounts())['/cgi-bin/component/api_authorizer_token'])
await p.close()
