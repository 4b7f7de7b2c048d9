/** Uses the database in every way the project does, and answers all that the SDK said. */
import cloudbase from '@cloudbase/node-sdk'
import axios from 'axios'
import { Parser } from 'xml2js'

interface Event {
  readonly databaseUrl: string
  readonly otherUrl: string
}

export const main = async ({ databaseUrl, otherUrl }: Event): Promise<unknown[]> => {
  const app = cloudbase.init({
    env: 'script',
    serviceUrl: databaseUrl,
    secretId: 'id',
    secretKey: 'key',
    keepalive: true,
  })
  const db = app.database()
  const _ = db.command
  const things = db.collection('things')
  const said: unknown[] = []
  const say = async (answer: Promise<unknown>): Promise<void> => {
    said.push(await answer.catch((error: Error & { code?: unknown }) => ({ code: error.code, message: error.message })))
  }

  await say(things.add({ _id: 'a', n: 1, big: 3_000_000_000, part: 1.5, when: new Date(0), at: db.serverDate() }))
  await say(
    things.add([
      { _id: 'b', n: 2, list: [1, { x: null }] },
      { _id: 'c', n: 3, nested: { y: { z: '深' } } },
    ]),
  )
  await say(things.add({ _id: 'a' }))
  await say(
    things
      .where({ n: _.gte(1).and(_.lt(3)), _id: _.in(['a', 'b']) })
      .orderBy('n', 'desc')
      .limit(10)
      .get(),
  )
  await say(
    things
      .where(_.or([{ n: 3 }, { list: _.exists(true) }]))
      .field({ n: true })
      .get(),
  )
  await say(things.where({ _id: /^[ab]/, at: _.lte(db.serverDate({ offset: 60_000 })) }).count())
  await say(things.where({ _id: 'a', n: 1 }).update({ n: _.inc(1), 'nested.k': _.set({ d: 1 }), part: _.remove() }))
  await say(things.where({ _id: 'b' }).updateAndReturn({ list: _.push([4]), until: db.serverDate({ offset: 1000 }) }))
  await say(things.where({ _id: 'nobody' }).updateAndReturn({ n: 1 }))
  await say(things.doc('c').set({ n: 9, tags: ['t'] }))
  await say(things.doc('c').get())
  await say(things.doc('c').update({ tags: _.addToSet('u'), n: _.max(12) }))
  await say(
    db.runTransaction(async (transaction: typeof db) => {
      const found = await transaction.collection('things').doc('a').get()
      await transaction.collection('things').doc('b').update({ n: 20 })
      return found
    }),
  )
  await say(
    db.runTransaction(async (transaction: typeof db & { rollback(reason: string): Promise<void> }) =>
      transaction.rollback('enough'),
    ),
  )
  await say(
    things
      .aggregate()
      .match({ n: _.gt(0) })
      .sort({ n: 1 })
      .limit(5)
      .end(),
  )
  await say(things.where({ _id: 'a' }).remove())
  await say(things.where({}).get())
  await say(db.collection('nowhere').get())
  await say(app.downloadFile({ fileID: 'cloud://script/a.png' }))
  await say(axios.post(`${otherUrl}/answer?access_token=a`, { 名: [1] }, { maxRedirects: 0 }).then(({ data }) => data))
  await say(axios.get(`${otherUrl}/refuse`).then(({ status }) => status))
  await say(new Parser({ explicitArray: false }).parseStringPromise('<xml><a><![CDATA[b]]></a></xml>'))
  return said
}
