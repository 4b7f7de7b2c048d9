import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collection, collections } from '../../shared/cloudbase/collections.ts'
import { id, nested, number, optional, sealed, text, time } from '../../shared/domain/stores/forms.ts'

const shop = {
  shopId: id,
  seats: number,
  owner: optional(nested({ name: text })),
  opensAt: time,
  door: sealed,
}

test('what is sealed follows from the forms, an index from the names of members', () => {
  const shops = collection('shops', shop, {
    indexes: [['_id', '-seats'], ['owner.name']],
    retention: [{ since: 'opensAt', afterMs: 1, change: { set: { seats: 0 }, unset: ['door'] } }],
  })
  assert.deepEqual(shops.sealed, ['door'])
  assert.deepEqual(shops.indexes, [
    {
      name: '_id_seats',
      fields: [
        { name: '_id', direction: 1 },
        { name: 'seats', direction: -1 },
      ],
    },
    { name: 'owner_name', fields: [{ name: 'owner.name', direction: 1 }] },
  ])
})

test('the name of no member does not compile', () => {
  // @ts-expect-error a member's name in the record is not its name in the document
  collection('shops', shop, { indexes: [['shopId']] })
  // @ts-expect-error misspelled
  collection('shops', shop, { indexes: [['seats', '-openAt']] })
  // @ts-expect-error misspelled behind the dot
  collection('shops', shop, { indexes: [['owner.names']] })
  // @ts-expect-error misspelled
  collection('shops', shop, { retention: [{ since: 'openAt', afterMs: 1 }] })
  // @ts-expect-error misspelled
  collection('shops', shop, { retention: [{ since: 'opensAt', afterMs: 1, where: { seat: 1 } }] })
  // @ts-expect-error misspelled
  collection('shops', shop, { retention: [{ since: 'opensAt', afterMs: 1, change: { set: {}, unset: ['doors'] } }] })
})

test('these members of all collections are sealed', () => {
  assert.deepEqual(
    collections.filter(({ sealed }) => sealed.length > 0).map(({ name, sealed }) => [name, ...sealed]),
    [
      ['platform', 'accessToken'],
      ['authorizers', 'accessToken', 'refreshToken', 'formerRefreshToken'],
      ['states', 'preAuthCode'],
      ['pushes', 'secrets'],
      ['activity', 'answer'],
      ['subscriptions', 'secret', 'formerSecret'],
    ],
  )
})
