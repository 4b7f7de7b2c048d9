import * as v from 'valibot'
import { toIso } from '../../time.ts'
import { listAuthorizers, readAuthorizer } from '../authorizers.ts'
import { appid, choice, integer, page, text } from '../inputs.ts'
import { changing, lending, reading } from '../operation.ts'
import { syncAuthorizers } from '../sync.ts'
import { authorizerToken } from '../authorizer-token.ts'
import { componentToken } from '../component-token.ts'
import type { LiveToken } from '../tokens.ts'

const lend = ({ accessToken, expiresAt }: LiveToken) => ({ accessToken, expiresAt: toIso(expiresAt) })

export const authorizerOperations = {
  'authorizers.list': reading({
    role: 'viewer',
    summary: 'Merchants that authorized the platform',
    input: {
      ...page,
      status: v.optional(choice(['active', 'revoked', 'reauthorize'])),
      query: v.optional(text(64, 0)),
    },
    run: (platform, { status, query, ...request }) => listAuthorizers(platform, { status, query }, request),
  }),
  'authorizers.get': reading({
    role: 'viewer',
    summary: 'One merchant',
    input: { appid },
    run: (platform, input) => readAuthorizer(platform, input.appid),
  }),
  'authorizers.sync': changing({
    role: 'owner',
    summary: "Compare with WeChat's own list of authorizers and repair what differs",
    input: {},
    run: (platform) => syncAuthorizers(platform),
  }),
  'tokens.authorizer': lending({
    role: 'operator',
    summary: "Lend an authorizer's access token",
    input: { appid, minValiditySeconds: v.optional(integer(0, 3600), 60) },
    run: async (platform, input) =>
      lend(await authorizerToken(platform, input.appid, { minValidityMs: input.minValiditySeconds * 1000 })),
  }),
  'tokens.component': lending({
    role: 'owner',
    summary: "Lend the platform's own access token",
    input: {},
    run: async (platform) => lend(await componentToken(platform)),
  }),
}
