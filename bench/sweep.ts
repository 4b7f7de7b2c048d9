import { existsSync } from 'node:fs'
import { listRefreshTokens, refreshAll } from './refresh-loop.ts'
import { atMost, type Row, type Section } from './section.ts'
import { DATABASE_MS, openPlatformOf, slowDown, sweepAll } from './sweep-runs.ts'

export const sweep: Section = {
  name: 'sweep',
  about: `all authorizers are due; WeChat 50 ms (--wechat-ms), database ${DATABASE_MS} ms; references are 50 wide`,
  async run({ authorizers, wechatMs, progress }) {
    const platform = await openPlatformOf(authorizers, progress)
    try {
      const { accessToken } = await platform.tell('tokens.component')
      const refreshTokens = await listRefreshTokens(platform, String(accessToken))
      await slowDown(platform, wechatMs)
      progress('reference')
      const reference = await refreshAll(platform, String(accessToken), refreshTokens, 50)
      progress('reference with axios and SDK')
      const packages = await refreshAll(platform, String(accessToken), refreshTokens, 50, 'packages')
      progress('reference with easywechat and SDK')
      const easywechat = hasPeers()
        ? await refreshAll(platform, String(accessToken), refreshTokens, 50, 'easywechat')
        : undefined
      progress('one by one')
      const single = await refreshAll(platform, String(accessToken), refreshTokens.slice(0, 40), 1)
      const figures = await sweepAll(platform, progress)
      const { refreshed, runs, wechatCalls, memoryMiB } = figures
      const perRow = figures.wallMs / refreshed
      const cpuPerRow = figures.cpuMs / refreshed
      return [
        {
          what: 'plain http: wall and CPU per authorizer',
          measured: `${two(reference.wallMs)}, ${two(reference.cpuMs)} ms`,
        },
        {
          what: 'axios and SDK: wall and CPU per authorizer',
          measured: `${two(packages.wallMs)}, ${two(packages.cpuMs)} ms`,
        },
        {
          what: 'easywechat and SDK: wall and CPU per authorizer',
          measured: easywechat ? `${two(easywechat.wallMs)}, ${two(easywechat.cpuMs)} ms` : 'npm --prefix bench ci',
        },
        {
          what: 'refreshed, in runs of 60 s at most',
          measured: `${refreshed} in ${runs.length}`,
          goal: `≤ ${mostRuns(authorizers)}`,
          holds: refreshed === authorizers && runs.length <= mostRuns(authorizers),
        },
        {
          what: 'wall per authorizer',
          measured: `${two(perRow)} ms`,
          ratio: perRow / reference.wallMs,
          than: 'plain http',
          ...atMost(1.25, perRow / reference.wallMs),
        },
        {
          what: 'CPU per authorizer',
          measured: `${two(cpuPerRow)} ms`,
          ratio: cpuPerRow / packages.cpuMs,
          than: 'axios, SDK',
          ...atMost(1.2, cpuPerRow / packages.cpuMs),
        },
        {
          what: 'faster than one by one',
          measured: `${two(single.wallMs)} ms`,
          ratio: single.wallMs / perRow,
          than: 'as fast',
          goal: '≥ 30',
          holds: single.wallMs / perRow >= 30,
        },
        {
          what: 'calls to WeChat per authorizer',
          measured: (wechatCalls / refreshed).toFixed(3),
          goal: '1.00',
          holds: wechatCalls === refreshed,
        },
        {
          what: 'database calls per authorizer',
          measured: (figures.databaseCalls / refreshed).toFixed(3),
          ...atMost(1.02, figures.databaseCalls / refreshed),
        },
        { what: 'memory of the instance', measured: `${memoryMiB.toFixed(0)} MiB`, ...atMost(160, memoryMiB) },
        {
          what: 'runs',
          measured: runs.map((run) => `${run.refreshed} in ${(run.wallMs / 1000).toFixed(0)} s`).join(', '),
        },
      ] satisfies Row[]
    } finally {
      await platform.close()
    }
  },
}

/** 100,000 in 20 runs. */
const mostRuns = (authorizers: number): number => Math.ceil(authorizers / 5000)

const hasPeers = (): boolean => existsSync(new URL('node_modules/node-easywechat', import.meta.url))

const two = (value: number): string => value.toFixed(2)
