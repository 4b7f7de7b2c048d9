import * as v from 'valibot'

/* 微管家's own tokens. It refreshes when somebody asks, and does not keep a refresh token that comes anew. */

export interface WeiguanjiaCredentials {
  readonly componentAppid: string
  readonly componentAppsecret: string
}

interface KeptToken {
  readonly value: string
  readonly endsAt: number
}

export interface Account {
  readonly appid: string
  refreshToken: string
}

const replySchema = v.looseObject({ errcode: v.optional(v.number(), 0), errmsg: v.optional(v.string(), '') })
const componentSchema = v.object({ component_access_token: v.string(), expires_in: v.number() })
const grantSchema = v.object({
  authorization_info: v.object({ authorizer_appid: v.string(), authorizer_refresh_token: v.string() }),
})
const authorizerSchema = v.object({ authorizer_access_token: v.string(), expires_in: v.number() })
const listSchema = v.object({
  total_count: v.number(),
  list: v.array(v.object({ authorizer_appid: v.string(), refresh_token: v.optional(v.string(), '') })),
})

const LIST_PAGE = 500

export function openTokens(
  wechatUrl: string,
  { componentAppid, componentAppsecret }: WeiguanjiaCredentials,
  now: () => number,
) {
  const accounts = new Map<string, Account>()
  const lent = new Map<string, KeptToken>()
  let ticket = ''
  let component: KeptToken | undefined
  let calls = 0

  async function ask<S extends v.GenericSchema>(
    path: string,
    token: string,
    body: object,
    schema: S,
  ): Promise<v.InferOutput<S>> {
    calls += 1
    const query = token === '' ? '' : `?component_access_token=${encodeURIComponent(token)}`
    const response = await fetch(`${wechatUrl}/cgi-bin/component/${path}${query}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    const reply: unknown = await response.json()
    const { errcode, errmsg } = v.parse(replySchema, reply)
    if (errcode !== 0) throw new Error(`${path}: ${errcode} ${errmsg}`)
    return v.parse(schema, reply)
  }

  const isGood = (token: KeptToken | undefined): token is KeptToken => token !== undefined && token.endsAt > now()

  async function componentToken(): Promise<string> {
    if (isGood(component)) return component.value
    const body = {
      component_appid: componentAppid,
      component_appsecret: componentAppsecret,
      component_verify_ticket: ticket,
    }
    const reply = await ask('api_component_token', '', body, componentSchema)
    component = { value: reply.component_access_token, endsAt: now() + reply.expires_in * 1000 }
    return component.value
  }

  const askAsPlatform = async <S extends v.GenericSchema>(path: string, body: object, schema: S) =>
    ask(path, await componentToken(), { component_appid: componentAppid, ...body }, schema)

  return {
    accounts,
    /** To WeChat, so far. */
    calls: (): number => calls,
    takeTicket: (value: string): void => {
      ticket = value
    },
    hasTicket: (): boolean => ticket !== '',
    componentToken,
    /** What 授权帐号管理 does with an authorization: the code is used up. */
    async exchange(authorizationCode: string): Promise<void> {
      const body = { authorization_code: authorizationCode }
      const { authorization_info: grant } = await askAsPlatform('api_query_auth', body, grantSchema)
      const { authorizer_appid: appid, authorizer_refresh_token: refreshToken } = grant
      await askAsPlatform('api_get_authorizer_info', { authorizer_appid: appid }, v.unknown())
      accounts.set(appid, { appid, refreshToken })
    },
    async authorizerToken(appid: string): Promise<string> {
      const known = lent.get(appid)
      if (isGood(known)) return known.value
      const account = accounts.get(appid)
      if (!account) throw new Error(`${appid} is not authorized`)
      const body = { authorizer_appid: appid, authorizer_refresh_token: account.refreshToken }
      const reply = await askAsPlatform('api_authorizer_token', body, authorizerSchema)
      lent.set(appid, { value: reply.authorizer_access_token, endsAt: now() + reply.expires_in * 1000 })
      return reply.authorizer_access_token
    },
    /** Its table anew from WeChat's list. */
    async fetchList(): Promise<void> {
      for (let offset = 0; ; offset += LIST_PAGE) {
        const { list, total_count: total } = await askAsPlatform(
          'api_get_authorizer_list',
          { offset, count: LIST_PAGE },
          listSchema,
        )
        for (const { authorizer_appid: appid, refresh_token: refreshToken } of list)
          accounts.set(appid, { appid, refreshToken })
        if (list.length === 0 || offset + list.length >= total) return
      }
    },
  }
}

export type WeiguanjiaTokens = ReturnType<typeof openTokens>
