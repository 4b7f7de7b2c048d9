import * as v from 'valibot'
import { toIso } from '../../time.ts'
import { listAuthorizers, readAuthorizer } from '../authorizers/authorizers.ts'
import { appid, choice, integer, page, searchText } from '../inputs.ts'
import { changing, lending, reading } from '../operation.ts'
import { syncAuthorizers } from '../authorizers/sync.ts'
import { authorizerToken } from '../tokens/authorizer-token.ts'
import { componentToken } from '../tokens/component-token.ts'
import type { Platform } from '../platform.ts'
import type { TokenHolder } from '../stores/tokens.ts'
import { forget, type LiveToken } from '../tokens/tokens.ts'

/** What is lent is used elsewhere and for long: the database says which token that is, not this instance's memory. */
async function lend(
  platform: Platform,
  holder: TokenHolder,
  obtain: () => Promise<LiveToken>,
): Promise<{ accessToken: string; expiresAt: string }> {
  forget(platform, holder)
  const { accessToken, expiresAt } = await obtain()
  return { accessToken, expiresAt: toIso(expiresAt) }
}

export const authorizerOperations = {
  'authorizers.list': reading({
    role: 'viewer',
    summary: 'Merchants that authorized the platform',
    input: {
      ...page,
      status: v.optional(choice(['active', 'revoked', 'reauthorize'])),
      query: v.optional(searchText),
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
    run: (platform, { appid: account, minValiditySeconds }) =>
      lend(platform, { kind: 'authorizer', appid: account }, () =>
        authorizerToken(platform, account, { minValidityMs: minValiditySeconds * 1000 }),
      ),
  }),
  'tokens.component': lending({
    role: 'owner',
    summary: "Lend the platform's own access token",
    input: {},
    run: (platform) => lend(platform, { kind: 'component' }, () => componentToken(platform)),
  }),
}
