import { randomBytes } from 'node:crypto'

/** The OPENID that presses the buttons of the demo page. */
export const demoOwner = 'demo-owner'

/** Made anew for each run: nothing that could be mistaken for a real platform's. */
export const inventCredentials = () => ({
  componentAppid: `wx${randomBytes(8).toString('hex')}`,
  componentAppsecret: randomBytes(16).toString('hex'),
  token: randomBytes(12).toString('hex'),
  encodingAesKey: randomBytes(32).toString('hex').slice(0, 43),
  sealKeys: `demo:${randomBytes(32).toString('base64')}`,
})
