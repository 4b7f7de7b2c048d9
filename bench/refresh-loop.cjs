/**
 * The reference of `sweep`: refreshes the rows of stdin with node:http alone, `width` at once, and writes each to the database.
 * Prints wall and CPU in milliseconds.
 */
'use strict'

const { Agent, request } = require('node:http')
const { readFileSync } = require('node:fs')

const { wechatUrl, databaseUrl, componentAppid, componentToken, width, rows } = JSON.parse(readFileSync(0, 'utf8'))
const agent = new Agent({ keepAlive: true })

const post = (url, body) =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk) => (text += chunk))
      answer.on('end', () => resolve(text))
    })
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })

const refresh = async ([appid, refreshToken]) => {
  const answer = await post(
    `${wechatUrl}/cgi-bin/component/api_authorizer_token?component_access_token=${componentToken}`,
    {
      component_appid: componentAppid,
      authorizer_appid: appid,
      authorizer_refresh_token: refreshToken,
    },
  )
  const { authorizer_access_token: token } = JSON.parse(answer)
  if (typeof token !== 'string') throw new Error(answer)
  await post(databaseUrl, {
    action: 'database.modifyDocument',
    collectionName: 'authorizers',
    queryType: 'WHERE',
    multi: true,
    merge: true,
    upsert: false,
    query: JSON.stringify({ _id: appid }),
    data: JSON.stringify({ $set: { referenceToken: token } }),
  })
}

const main = async () => {
  const begun = performance.now()
  const cpuBegun = process.cpuUsage()
  const left = rows.values()
  const worker = async () => {
    for (const row of left) await refresh(row)
  }
  await Promise.all(Array.from({ length: width }, worker))
  const { user, system } = process.cpuUsage(cpuBegun)
  console.log(JSON.stringify({ wallMs: performance.now() - begun, cpuMs: (user + system) / 1000 }))
  agent.destroy()
}

void main()
