import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoOwner } from '../../../local/demo/credentials.ts'
import { startDemo } from '../../../local/demo/demo.ts'
import { buildFunctions } from '../../../scripts/build/build.ts'

test('a business page of your own gets its merchants back from the demo, beside the demo itself', async () => {
  await buildFunctions()
  const demo = await startDemo({ port: 0, history: false, returnUrlOrigins: 'http://127.0.0.1:8080' })
  try {
    const invite = (returnUrl: string): Promise<unknown> =>
      demo.host.invoke(
        'manage',
        { operation: 'bindings.createLink', input: { businessId: 'own', returnUrl } },
        { openid: demoOwner },
      )
    for (const returnUrl of ['http://127.0.0.1:8080/back', `${demo.host.url}/demo/return`])
      assert.equal(Object(await invite(returnUrl)).ok, true, returnUrl)
    assert.equal(Object(await invite('http://127.0.0.1:8081/back')).error.field, 'returnUrl')
  } finally {
    await demo.close()
  }
})
