import type { Context, Hono } from 'hono'
import { WechatRefusal } from '../errors.ts'
import { confirmAuthorization, withdrawGrant } from '../grants.ts'
import type { Env } from '../http.ts'
import { pushTicket } from '../operations/component-tokens.ts'
import { decideAudit } from '../reviews.ts'
import type { Verdict } from '../reviews.ts'
import { nowOf } from '../state.ts'
import type { WechatState } from '../state.ts'
import { createDraft } from '../templates.ts'
import { renderAuditorPage } from './auditor-page.ts'
import { renderIndexPage } from './index-page.ts'
import {
  SCAN_PATHS,
  eligibleMerchants,
  flawOfScan,
  offeredSets,
  openScan,
  renderNotice,
  renderScanPage,
} from './scan-page.ts'

/** The pages that people use; each form posts to `/__wechat/pages/<what>` and comes back to a page. */
export const addPages = (app: Hono<Env>, state: WechatState): void => {
  for (const path of SCAN_PATHS) app.get(path, (c) => serveScan(c, state))
  app.post('/__wechat/pages/authorize', (c) => finishScanPage(c, state))

  app.get('/__wechat/auditor', (c) => c.html(renderAuditorPage(state)))
  app.post('/__wechat/pages/audit', (c) => finishAudit(c, state))

  app.get('/', (c) => c.redirect('/__wechat/'))
  app.get('/__wechat', (c) => c.redirect('/__wechat/'))
  app.get('/__wechat/', (c) => c.html(renderIndexPage(state)))
  app.post('/__wechat/pages/do', (c) => finishAction(c, state))
  app.post('/__wechat/pages/draft', async (c) => {
    const form = await c.req.formData()
    createDraft(state, { userVersion: field(form, 'version'), userDesc: field(form, 'description') })
    return c.redirect('/__wechat/', 303)
  })
}

const field = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

const serveScan = (c: Context<Env>, state: WechatState): Response | Promise<Response> => {
  const flaw = flawOfScan(state, c.req.query(), c.req.header('referer'))
  if (flaw !== undefined) return c.html(renderNotice('无法授权', flaw), 400)
  const { scanId, scan } = openScan(state, c.req.query())
  return c.html(renderScanPage(state, scanId, scan))
}

const finishScanPage = async (c: Context<Env>, state: WechatState): Promise<Response> => {
  const form = await c.req.formData()
  const scan = state.scans.get(field(form, 'scan'))
  if (scan === undefined) return c.html(renderNotice('无法授权', '页面已失效，请重新打开授权链接'), 400)
  if (field(form, 'decision') !== 'confirm') return c.html(renderNotice('已取消', '你没有授权，可以关闭此页。'))
  const merchant = eligibleMerchants(state, scan).find(({ appid }) => appid === field(form, 'appid'))
  if (merchant === undefined) return c.html(renderNotice('无法授权', '请选择一个账号'), 400)
  const ticked = new Set(form.getAll('set').map(Number))
  const funcInfo = offeredSets(scan, merchant.accountType)
    .map(({ id }) => id)
    .filter((id) => ticked.has(id))
  try {
    const { preAuthCode, redirectUri } = scan
    const { redirectUrl } = confirmAuthorization(state, { preAuthCode, appid: merchant.appid, funcInfo, redirectUri })
    return c.redirect(redirectUrl ?? redirectUri, 302)
  } catch (error) {
    if (error instanceof WechatRefusal) return c.html(renderNotice('无法授权', error.detail ?? error.message), 400)
    throw error
  }
}

const verdictOf = (form: FormData): Verdict => {
  const reason = field(form, 'reason')
  switch (field(form, 'verdict')) {
    case 'pass':
      return { result: 'pass' }
    case 'delay':
      return { result: 'delay', reason }
    default:
      return { result: 'reject', reason, ...(form.has('screenshot') ? {} : { screenshots: [] }) }
  }
}

const finishAudit = async (c: Context<Env>, state: WechatState): Promise<Response> => {
  const form = await c.req.formData()
  const merchant = state.merchants.get(field(form, 'appid'))
  if (merchant === undefined) return c.html(renderNotice('没有这个商户', field(form, 'appid')), 404)
  try {
    decideAudit(state, merchant, verdictOf(form))
  } catch (error) {
    if (error instanceof WechatRefusal) return c.html(renderNotice('已不在审核中', '该版本已审完或已撤回。'), 409)
    throw error
  }
  return c.redirect('/__wechat/auditor', 303)
}

const finishAction = async (c: Context<Env>, state: WechatState): Promise<Response> => {
  const form = await c.req.formData()
  const merchant = state.merchants.get(field(form, 'appid'))
  const action = field(form, 'action')
  if (action === 'pushTicket') pushTicket(state)
  if (action === 'unauthorize' && merchant !== undefined) withdrawGrant(state, merchant)
  if (action === 'finishScan' && merchant?.trial !== undefined) merchant.trial.scanEndsAt = nowOf(state)
  return c.redirect('/__wechat/', 303)
}
