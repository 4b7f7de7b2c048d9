import { html } from 'hono/html'
import type { Answer, Problem } from './answers.ts'
import type { Wish } from './actions.ts'
import { stateWords } from './progress.ts'
import type { Snapshot } from './snapshot.ts'
import { tag, type Html } from './widgets.ts'

/** A button that was pressed, and what the function answered. */
export interface Done {
  readonly wish: Wish
  readonly answer: Answer
  readonly ms: number
}

const bindingWords: Readonly<Record<string, readonly [words: string, tone: 'good' | 'bad' | 'wait' | 'plain']>> = {
  bound: ['已绑定 bound', 'good'],
  pending: ['待授权 pending', 'wait'],
  revoked: ['已取消 revoked', 'bad'],
}

export const merchantsPanel = ({ bindings, authorizers, releases, selected }: Snapshot): Html => {
  if (bindings.length === 0)
    return html`<p class="soft">还没有商户，从第 1 步开始。<span class="en">None yet: begin with step 1.</span></p>`
  const cards = bindings.map((binding) => {
    const release = binding.status === 'bound' ? releases.find(({ appid }) => appid === binding.appid) : undefined
    const live = authorizers.find(({ appid }) => appid === binding.appid)?.currentRelease
    const [words, tone] = (release ? stateWords[release.state] : bindingWords[binding.status]) ?? ['none', 'plain']
    return html`<li>
      <a
        href="/?business=${encodeURIComponent(binding.businessId)}"
        data-business="${binding.businessId}"
        ${binding === selected ? html`aria-current="true"` : ''}
      >
        <b>${binding.nickName ?? binding.businessId}</b>
        <span>${binding.businessId}</span>
        <span>${release?.version ?? ''} ${tag(words, tone)}</span>
        ${live ? html`<span>线上 live <b>${live.version}</b></span>` : ''}
      </a>
    </li>`
  })
  return html`<ul class="merchants">
    ${cards}
  </ul>`
}

export const problemBox = ({ code, message, hint, requestId, wechat }: Problem): Html =>
  html`<div class="problem">
    <p><b>${code}</b> ${message}</p>
    ${hint === undefined ? '' : html`<p>${hint}</p>`}
    ${wechat === undefined ? '' : html`<p class="soft">WeChat ${wechat.errcode}: ${wechat.errmsg} (${wechat.path})</p>`}
    ${requestId === undefined ? '' : html`<p class="soft">requestId <code>${requestId}</code></p>`}
  </div>`

export const platformPanel = ({ status, problems }: Snapshot): Html => {
  const age = status?.ticket.ageSeconds ?? null
  const until = status?.componentToken.expiresAt ?? null
  return html`<dl>
      <dt>ticket</dt>
      <dd>${age === null ? tag('还没有收到 none yet', 'wait') : html`${tag('已收到 received', 'good')}`}</dd>
      <dt>component token</dt>
      <dd>${until === null ? '—' : `有效至 ${until.slice(11, 16)} UTC`}</dd>
    </dl>
    ${problems.map(problemBox)} ${(status?.problems ?? []).map(problemBox)}`
}

export const callsPanel = (done: readonly Done[]): Html => {
  if (done.length === 0)
    return html`<p class="soft">
      每个按钮都调用一次 manage。<span class="en">Every button is one call of manage.</span>
    </p>`
  return html`<ul class="calls">
    ${done.map(
      ({ wish, answer, ms }) =>
        html`<li>
          <details>
            <summary>
              <code>${wish.operation}</code> ${answer.ok ? tag('ok', 'good') : tag(answer.error.code, 'bad')}
              <small>${Math.round(ms)} ms</small>
            </summary>
            <pre>${JSON.stringify(wish, null, 2)}</pre>
          </details>
        </li>`,
    )}
  </ul>`
}
