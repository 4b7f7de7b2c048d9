import * as v from 'valibot'
import { nothing, pageOf, time, words } from '../answers.ts'
import { decideConfirmation, listConfirmations } from '../callers/confirmations.ts'
import { page, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { present } from '../present.ts'
import { mapItems } from '../stores/page.ts'
import { lazily, told } from '../described-fields.ts'

const confirmationId = told('Id of the plan', '计划编号', text(64), '0123456789abcdef0123456789abcdef')

const confirmation = lazily(() =>
  v.strictObject({
    confirmationId: words('Id of the plan', '计划编号', '0123456789abcdef0123456789abcdef'),
    keyId: words('The API key of the agent', '智能体的密钥编号', '0123456789abcdef'),
    keyName: v.optional(words('What the key is for', '密钥名称', 'Assistant')),
    operation: words('What it wants to do', '计划执行的操作', 'releases.release'),
    input: told('With this input, long texts cut', '输入，长文本已截短', v.looseObject({}), {
      appid: 'wx1234567890abcdef',
    }),
    seen: told('How things stood when it was planned', '制定计划时的情况', v.looseObject({}), { version: '1.4.0' }),
    createdAt: time('When it was planned', '提出时间'),
    expiresAt: time('Until when it may be approved', '失效时间'),
  }),
)

export const confirmationOperations = {
  'confirmations.list': reading({
    role: 'operator',
    summary: { en: 'What agents want to do and a person must approve', zh: '智能体计划执行、等待人确认的操作' },
    input: page,
    output: lazily(() => pageOf(confirmation())),
    run: async (platform, input, { caller }) => {
      const found = await listConfirmations(platform, caller, input)
      const keyIds = [...new Set(found.items.map(({ keyId }) => keyId))]
      const keys = keyIds.length === 0 ? [] : await platform.stores.admins.findKeys(keyIds)
      return mapItems(found, (record) =>
        present(confirmation(), {
          ...record,
          keyName: keys.find(({ keyId }) => keyId === record.keyId)?.name,
          input: parse(record.input),
          seen: parse(record.seen),
        }),
      )
    },
  }),
  'confirmations.approve': changing({
    role: 'operator',
    repeatable: true,
    summary: { en: 'Let an agent carry out what it planned', zh: '同意智能体执行其计划' },
    input: { confirmationId },
    output: nothing,
    run: (platform, input, { caller }) => decideConfirmation(platform, caller, input.confirmationId, 'approved'),
  }),
  'confirmations.deny': changing({
    role: 'operator',
    repeatable: true,
    summary: { en: 'Refuse what an agent planned', zh: '拒绝智能体的计划' },
    input: { confirmationId },
    output: nothing,
    run: (platform, input, { caller }) => decideConfirmation(platform, caller, input.confirmationId, 'denied'),
  }),
}

const parse = (text: string): Record<string, unknown> => {
  const value: Record<string, unknown> = JSON.parse(text)
  return value
}
