import * as v from 'valibot'
import { Failure } from '../../errors.ts'
import { Notice } from '../../notice.ts'
import { isWordKnown } from '../../words/tell.ts'
import { authorize } from '../callers/authorize.ts'
import type { Caller } from '../callers/caller.ts'
import { failureOfIssue } from '../input-flaws.ts'
import { attributes, integer, jsonObject, searchText, text } from '../inputs.ts'
import type { Operation, OperationTable } from '../operation.ts'
import { directoryOperations, tableOf } from '../operations/table.ts'
import { assertNoListForObject, assertPlain } from '../plain-input.ts'
import type { Platform } from '../platform.ts'
import { visibleTo } from '../problems/visible-problems.ts'
import { told } from '../described-fields.ts'
import type { Told } from '../../words/language.ts'
import { findMerchants } from './find-merchants.ts'
import { directoryRow } from './offered.ts'

type Arguments = Readonly<Record<string, unknown>>

interface Situation {
  readonly platform: Platform
  readonly caller: Caller
  readonly call: (table: OperationTable, name: string, input: Arguments) => Promise<unknown>
}

/** A tool that stands for no single operation. */
export interface OwnTool {
  readonly summary: Told
  readonly input: v.ObjectEntries
  /** What it does, as rows say it. */
  readonly kind: 'reading' | 'changing'
  readonly destructive?: true
  run(situation: Situation, given: Arguments): Promise<unknown>
}

function own<E extends v.ObjectEntries>(
  tool: Omit<OwnTool, 'run' | 'input'> & { readonly input: E },
  run: (situation: Situation, input: v.InferOutput<v.StrictObjectSchema<E, undefined>>) => Promise<unknown>,
): OwnTool {
  const schema = v.strictObject(tool.input)
  return {
    ...tool,
    async run(situation, given) {
      assertPlain(given)
      assertNoListForObject(schema, given)
      const parsed = v.safeParse(schema, given, { abortEarly: true })
      if (!parsed.success) throw failureOfIssue(parsed.issues[0])
      return run(situation, parsed.output)
    },
  }
}

const operation = told('Name of the operation', '操作名', text(64), 'filings.get')
const input = v.optional(told('Its input', '其输入', jsonObject, { appid: 'wx1234567890abcdef' }), {})

export const ownTools: Readonly<Record<string, OwnTool>> = {
  find_merchants: own(
    {
      kind: 'reading',
      summary: {
        en: 'Find merchants by part of a name or appid, by a businessId, or by attributes kept with them: their appids, names and businessIds',
        zh: '按名称或 appid 的一部分、业务编号，或按属性查找商户，返回 appid、名称和业务编号',
      },
      input: {
        words: v.optional(
          told('Part of a name or appid, or a businessId', '名称或 appid 的一部分，或业务编号', searchText, '面馆'),
        ),
        attributes: v.optional(attributes),
        limit: v.optional(told('Merchants of one page', '每页商户数', integer(1, 100), 50), 50),
        cursor: v.optional(told('`nextCursor` of the page before', '上一页的 nextCursor', text(512), '0001')),
      },
    },
    async ({ platform, caller }, wanted) => {
      const asked = { reach: 'list' as const, input: {}, wasLetIn: async () => false }
      await authorize(platform, caller, { name: 'authorizers.list', role: 'viewer' }, asked)
      return findMerchants(platform, caller, wanted)
    },
  ),

  explain_problem: own(
    {
      kind: 'reading',
      summary: {
        en: 'What a problem or the reason of a refusal means, and what to do about it',
        zh: '解释一个问题或拒绝原因，并说明如何处理',
      },
      input: {
        problemId: v.optional(told('Id of an open problem', '问题编号', text(256), 'TICKET_OVERDUE')),
        reason: v.optional(
          told('A word of docs/reasons.md', 'docs/reasons.md 中的一个词', text(64), 'DIFFERENT_SOURCE'),
        ),
        params: v.optional(told('What stood beside it', '其参数', jsonObject, { field: 'appid' })),
      },
    },
    async ({ platform, caller }, { problemId, reason, params }) => {
      if ((problemId === undefined) === (reason === undefined))
        throw new Failure('GIVE_ONE_OF', { field: 'problemId', params: { choices: ['problemId', 'reason'] } })
      const about = { reach: reason === undefined ? undefined : ('everyone' as const), input: { problemId } }
      const role = await authorize(
        platform,
        caller,
        { name: 'problems.list', role: 'viewer' },
        {
          ...about,
          wasLetIn: async () => false,
        },
      )
      if (problemId === undefined) {
        if (reason === undefined || !isWordKnown(reason)) throw new Failure('NOT_KNOWN_HERE', { field: 'reason' })
        return { reason, ...telling(reason, params) }
      }
      const [found] = visibleTo(
        platform,
        { role },
        [await platform.stores.problems.find(problemId)].flatMap((one) => one ?? []),
      )
      if (!found) throw new Failure('PROBLEM_UNKNOWN', { field: 'problemId' })
      return {
        problemId,
        ...(found.appid !== undefined && { appid: found.appid }),
        reason: found.code,
        ...telling(found.code, found.params),
      }
    },
  ),

  find_operations: own(
    {
      kind: 'reading',
      summary: {
        en: "Find operations of WeChat's directory by words: names, filing, verification, violations, plugins, logs … with their input; then read_wechat or change_wechat",
        zh: '按词查找微信接口目录中的操作（名称、备案、认证、违规、插件、日志等）及其输入，再用 read_wechat 或 change_wechat 调用',
      },
      input: { words: told('Words in English or Chinese', '中文或英文词', text(200), 'filing status') },
    },
    async ({ platform, caller }, { words }) => {
      await authorize(
        platform,
        caller,
        { name: 'find_operations', role: 'viewer' },
        {
          reach: 'everyone',
          input: {},
          wasLetIn: async () => false,
        },
      )
      const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
      const scored = Object.entries(await directoryOperations()).map(([name, row]) => {
        const about = `${name} ${row.summary.en} ${row.summary.zh} ${row.endpoint?.path ?? ''}`.toLowerCase()
        return { name, row, score: wanted.filter((word) => about.includes(word)).length }
      })
      return scored
        .filter(({ score }) => score > 0)
        .toSorted((a, b) => b.score - a.score)
        .slice(0, 10)
        .map(({ name, row }) => [name, row] as const)
    },
  ),

  read_wechat: own(
    {
      kind: 'reading',
      summary: {
        en: "Read something through WeChat's directory, as find_operations names it",
        zh: '调用微信接口目录中的读取操作，操作名由 find_operations 给出',
      },
      input: { operation, input },
    },
    async ({ call }, given) => {
      const [table, row] = await rowOf(given.operation)
      if (row.kind !== 'reading') throw new Failure('NOT_KNOWN_HERE', { field: 'operation' })
      return call(table, given.operation, given.input)
    },
  ),

  change_wechat: own(
    {
      kind: 'changing',
      destructive: true,
      summary: {
        en: "Change something through WeChat's directory, as find_operations names it",
        zh: '调用微信接口目录中的变更操作，操作名由 find_operations 给出',
      },
      input: {
        operation,
        input,
        confirmation: v.optional(
          told('Of the plan that was answered', '所返回计划的 confirmation', text(512), 'a1b2c3.…'),
        ),
      },
    },
    async ({ call }, { operation: name, input: given, confirmation }) => {
      const [table, row] = await rowOf(name)
      if (row.kind !== 'changing') throw new Failure('NOT_KNOWN_HERE', { field: 'operation' })
      return call(table, name, { ...given, ...(confirmation !== undefined && { confirmation }) })
    },
  ),
}

const telling = (code: string, params: object | undefined): object => ({
  explained: new Notice(code, { ...params }),
})

async function rowOf(name: string): Promise<[OperationTable, Operation]> {
  const table = await tableOf(name)
  const row = directoryRow(table, name)
  if (!row) throw new Failure('UNKNOWN_OPERATION', { field: 'operation' })
  return [{ [name]: row }, row]
}
