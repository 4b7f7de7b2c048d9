/**
 * The references of `sweep`: refreshes the rows of stdin, `width` at once, and writes each to the database: with node:http alone
 * (`http`), with axios and the SDK (`packages`), or with node-easywechat and the SDK (`easywechat`, if it is installed).
 * Prints wall and CPU in milliseconds.
 */
'use strict'

const { Agent, request } = require('node:http')
const { readFileSync } = require('node:fs')

const { wechatUrl, databaseUrl, componentAppid, componentToken, width, rows, means } = JSON.parse(
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

const openDatabase = () =>
  require('@cloudbase/node-sdk')
    .init({ env: 'minifleet-local', secretId: 'a', secretKey: 'b', keepalive: true })
    .database()

const withPackages = () => {
  const client = require('axios').create({ httpAgent: agent, proxy: false })
  const database = openDatabase()
  return async ([appid, refreshToken]) => {
    const { data } = await client.post(
      `${wechatUrl}/cgi-bin/component/api_authorizer_token?component_access_token=${componentToken}`,
      { component_appid: componentAppid, authorizer_appid: appid, authorizer_refresh_token: refreshToken },
    )
    const { authorizer_access_token: token } = data
    if (typeof token !== 'string') throw new Error(JSON.stringify(data))
    await database.collection('authorizers').where({ _id: appid }).update({ referenceToken: token })
  }
}

const withEasywechat = () => {
  const { OpenPlatform } = require('node-easywechat')
  const platform = new OpenPlatform({
    app_id: componentAppid,
    secret: 'a',
    token: 'a',
    aes_key: 'a'.repeat(43),
    http: { baseURL: `${wechatUrl}/`, httpAgent: agent, proxy: false },
  })
  platform.setComponentAccessToken({
    getToken: async () => componentToken,
    toQuery: async () => ({ component_access_token: componentToken }),
  })
  const database = openDatabase()
  return async ([appid, refreshToken]) => {
    const { authorizer_access_token: token } = await platform.refreshAuthorizerToken(appid, refreshToken)
    await database.collection('authorizers').where({ _id: appid }).update({ referenceToken: token })
  }
}

const withHttp =
  () =>
  async ([appid, refreshToken]) => {
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

const ways = { http: withHttp, packages: withPackages, easywechat: withEasywechat }

const main = async () => {
  const refresh = ways[means]()
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
