/**
 * The reference of `sweep`: refreshes the rows of stdin, `width` at once, and writes each to the database: with node:http alone, or
 * with axios and the SDK.
 * Prints wall and CPU in milliseconds.
 */
'use strict'

const { Agent, request } = require('node:http')
const { readFileSync } = require('node:fs')

const { wechatUrl, databaseUrl, componentAppid, componentToken, width, rows, withSdk } = JSON.parse(
  readFileSync(0, 'utf8'),
)
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

const client = withSdk && require('axios').create({ httpAgent: agent, proxy: false })
const database =
  withSdk &&
  require('@cloudbase/node-sdk')
    .init({ env: 'minifleet-local', secretId: 'a', secretKey: 'b', keepalive: true })
    .database()

const refreshWithSdk = async ([appid, refreshToken]) => {
  const { data } = await client.post(
    `${wechatUrl}/cgi-bin/component/api_authorizer_token?component_access_token=${componentToken}`,
    { component_appid: componentAppid, authorizer_appid: appid, authorizer_refresh_token: refreshToken },
  )
  const { authorizer_access_token: token } = data
  if (typeof token !== 'string') throw new Error(JSON.stringify(data))
  await database.collection('authorizers').where({ _id: appid }).update({ referenceToken: token })
}

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
    for (const row of left) await (withSdk ? refreshWithSdk : refresh)(row)
  }
  await Promise.all(Array.from({ length: width }, worker))
  const { user, system } = process.cpuUsage(cpuBegun)
  console.log(JSON.stringify({ wallMs: performance.now() - begun, cpuMs: (user + system) / 1000 }))
  agent.destroy()
}

void main()
