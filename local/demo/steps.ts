import { html } from 'hono/html'
import type { Journey } from './progress.ts'
import { progressOf } from './progress.ts'
import type { Snapshot } from './snapshot.ts'
import { actionForm, tag, type Html } from './widgets.ts'

/** What the steps are drawn from. */
export interface Scene {
  readonly snapshot: Snapshot
  readonly journey: Journey
  /** Of the selected business, if it was made in this run. */
  readonly inviteUrl: string | undefined
  readonly auditorUrl: string
  readonly wechatUrl: string
}

export interface Step {
  readonly title: string
  readonly titleEn: string
  readonly body: (scene: Scene) => Html
}

const notYet = html`<p class="soft">等商户授权后可用 · After the merchant has authorized</p>`

/** The shop's name comes from the invite, the colour from the form. */
const sampleExt = '{ "shopName": "{{shopName}}", "theme": "{{theme}}" }'

const invite = ({ snapshot, inviteUrl, journey }: Scene): Html => {
  const names = ['王记面馆', '青禾书店', '南山花坊', '小巷咖啡']
  const count = snapshot.bindings.length
  return html`<p>
      业务编号是商户在你自己系统里的身份；店名记在绑定上，上传代码时填进小程序的配置。
      <span class="en"
        >businessId is the merchant in your own system; the shop's name is kept with the binding and filled into the
        mini program's settings.</span
      >
    </p>
    ${actionForm(
      'invite',
      {},
      html`<label>业务编号 businessId<input name="businessId" value="shop-00${count + 1}" required /></label>
        <label>店名 shopName<input name="shopName" value="${names[count % names.length] ?? ''}" required /></label>
        <button ${progressOf(journey, 1) === 'now' ? '' : html`class="plain"`}>
          生成授权链接 · Create the invite link
        </button>`,
    )}
    ${inviteUrl === undefined ? '' : html`<p class="link"><a href="${inviteUrl}" target="_blank" rel="noopener">${inviteUrl}</a></p>`}`
}

const authorize = ({ journey: { binding, authorizer }, inviteUrl }: Scene): Html => {
  if (binding === undefined) return html`<p class="soft">先生成链接 · Create a link first</p>`
  const open =
    inviteUrl === undefined
      ? ''
      : html`<p>
          <a
            class="button ${binding.status === 'bound' ? 'plain' : ''}"
            href="${inviteUrl}"
            target="_blank"
            rel="noopener"
            >以商户身份打开链接 · Open the link as the merchant</a
          >
        </p>`
  if (binding.status === 'bound')
    return html`<p>
        ${tag('已绑定 bound', 'good')} <b>${binding.nickName ?? authorizer?.nickName ?? ''}</b>
        <code>${binding.appid}</code>
      </p>
      ${
        binding.problem
          ? html`<p class="bad">${binding.problem.message} ${binding.problem.hint}</p>
              ${open}`
          : ''
      }`
  const words = { pending: '等待授权 pending', revoked: '已取消授权 revoked' }[binding.status] ?? '未绑定 none'
  return html`<p>${tag(words, binding.status === 'revoked' ? 'bad' : 'wait')} <b>${binding.businessId}</b></p>
    <p>
      授权页 → 在模拟的微信页面选一个小程序并同意 → 回到业务系统的页面。
      <span class="en">The start page → choose a mini program on WeChat's page and agree → back to the business.</span>
    </p>
    ${open}`
}

const chooseCode = ({ snapshot: { drafts, templates }, journey }: Scene): Html => {
  const { appid, release, binding } = journey
  const now = progressOf(journey, 3) === 'now'
  const newest = templates[0]
  const draftRows = drafts.map((draft) => {
    const template = templates.find(({ draft_id }) => draft_id === draft.draft_id)
    const button =
      template === undefined
        ? actionForm(
            'promote',
            { draftId: draft.draft_id },
            html`<button class="small ${newest === undefined && now ? '' : 'plain'}">加入模板库 · Promote</button>`,
          )
        : tag(`模板 template ${template.template_id}`, 'good')
    return html`<li>
      <span><b>${draft.user_version}</b> ${draft.user_desc}</span>${button}
    </li>`
  })
  const options = templates.map(
    (template) =>
      html`<option value="${template.template_id}">
        ${template.template_id} · ${template.user_version} ${template.user_desc}
      </option>`,
  )
  const commit =
    appid === undefined
      ? notYet
      : newest === undefined
        ? html`<p class="soft">先把一个草稿加入模板库 · Promote a draft first</p>`
        : actionForm(
            'commit',
            { appid },
            html`<label class="wide"
                >模板 templateId<select name="templateId" required>
                  ${options}
                </select></label
              >
              <label>版本号 version<input name="version" value="${newest.user_version}" required /></label>
              <label>主题色 extVars.theme<input name="theme" value="#0a7d4f" required /></label>
              <label class="wide"
                >说明 description<input name="description" value="${newest.user_desc}" required
              /></label>
              <label class="wide"
                >配置 ext<textarea name="ext" rows="2" spellcheck="false">${sampleExt}</textarea>
              </label>
              <button ${now ? '' : html`class="plain"`}>上传到 ${binding?.nickName ?? appid} · Commit</button>`,
          )
  return html`<h3>草稿箱 <span class="en">Drafts that developers uploaded</span></h3>
    <ul class="rows">
      ${draftRows}
    </ul>
    <h3>上传代码 <span class="en">Commit a template to this merchant</span></h3>
    ${commit}
    ${
      release?.extJson === undefined
        ? ''
        : html`<details>
            <summary>微信收到的 ext_json · What WeChat was sent for ${release.version}</summary>
            <pre>${release.extJson}</pre>
          </details>`
    }`
}

const preview = ({ journey }: Scene): Html =>
  journey.appid === undefined || journey.release === undefined
    ? html`<p class="soft">等代码上传后可用 · After the commit</p>`
    : actionForm(
        'preview',
        { appid: journey.appid },
        html`<button class="plain">获取体验版二维码 · Trial QR code of ${journey.release.version}</button>`,
      )

const submit = ({ journey }: Scene): Html => {
  const { appid, release } = journey
  if (appid === undefined || release === undefined) return html`<p class="soft">等代码上传后可用 · After the commit</p>`
  if (release.state === 'submitting')
    return html`<p>
      ${tag('提交中 submitting', 'wait')} 微信还在检测代码，定时函数 processQueue 会在一两分钟内自动提交。
      <span class="en">WeChat is still scanning the code; the timer function submits it within a minute or two.</span>
    </p>`
  return actionForm(
    'submit',
    { appid },
    html`<button ${progressOf(journey, 5) === 'now' ? '' : html`class="plain"`}>
      提交 ${release.version} 审核 · Submit for review
    </button>`,
  )
}

/** WeChat's reasons carry `<br>`. */
const lines = (reason: string): string => reason.replaceAll(/<br\s*\/?>/gi, '\n')

const review = ({ journey: { release }, auditorUrl }: Scene): Html => {
  const state = release?.state
  const waiting = state === 'auditing' || state === 'delayed'
  const outcome =
    state === 'rejected'
      ? html`<p class="bad">被驳回 · Rejected</p>
          <p class="reason">${lines(release?.reason ?? '')}</p>
          <p>
            改好后回到第 3 步重新上传，或直接再次提交。
            <span class="en">Commit a corrected version (step 3), or submit again (step 5).</span>
          </p>`
      : state === 'approved' || state === 'gray' || state === 'released'
        ? html`<p>${tag('审核通过 approved', 'good')}</p>`
        : waiting
          ? html`<p>
              ${tag('审核中 auditing', 'wait')} 请到审核员页面通过或驳回。<span class="en"
                >Pass or reject it on the reviewer's page.</span
              >
            </p>`
          : html`<p class="soft">等提交审核后可用 · After the submission</p>`
  return html`${outcome}
    <p>
      <a class="button ${waiting ? '' : 'plain'}" href="${auditorUrl}" target="_blank" rel="noopener"
        >打开审核员页面 · Open the reviewer's page</a
      >
    </p>`
}

const publish = ({ journey }: Scene): Html => {
  const { appid, release } = journey
  if (appid === undefined || release === undefined)
    return html`<p class="soft">等审核通过后可用 · After the approval</p>`
  return actionForm(
    'release',
    { appid },
    html`<button ${progressOf(journey, 7) === 'now' ? '' : html`class="plain"`}>发布上线 · Release</button>`,
  )
}

const live = ({ journey: { appid, authorizer, release }, snapshot: { history }, wechatUrl }: Scene): Html => {
  const version = authorizer?.currentRelease?.version
  if (appid === undefined || version === undefined)
    return html`<p class="soft">还没有线上版本 · Nothing is live yet</p>`
  const rows = history.map(
    (past) =>
      html`<li>
        <b>${past.user_version}</b>
        ${actionForm(
          'rollback',
          { appid, appVersion: past.app_version },
          html`<button class="small danger">回退到此版本 · Roll back</button>`,
        )}
      </li>`,
  )
  return html`<p class="live">线上版本 Live version <b>${version}</b></p>
    ${
      rows.length > 0
        ? html`<ul class="rows">
            ${rows}
          </ul>`
        : html`<p class="soft">
            ${release?.state === 'rolledBack' ? html`已从 ${release.version} 回退。` : ''}再发布一个版本后就可以回退：回到第
            3 步选另一个模板，或在<a href="${wechatUrl}/__wechat/" target="_blank" rel="noopener">模拟的微信</a
            >里让开发者上传新版本。
            <span class="en">Release another version (from step 3 on) and you can roll back to this one.</span>
          </p>`
    }`
}

/** The job, in order; the number of a step is its place, from 1. */
export const steps: readonly Step[] = [
  { title: '邀请商户', titleEn: 'Invite a business', body: invite },
  { title: '商户授权', titleEn: 'The merchant authorizes', body: authorize },
  { title: '选模板，上传代码', titleEn: 'Choose a template and commit', body: chooseCode },
  { title: '体验版', titleEn: 'Try it', body: preview },
  { title: '提交审核', titleEn: 'Submit for review', body: submit },
  { title: '微信审核', titleEn: 'WeChat reviews', body: review },
  { title: '发布', titleEn: 'Release', body: publish },
  { title: '线上版本与回退', titleEn: 'Live version, rollback', body: live },
]
