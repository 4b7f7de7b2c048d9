import * as v from 'valibot'
import { draft, nothing, pageOf, template, whole } from '../answers.ts'
import { draftId, flag, jsonObject, namedRecord, page, templateId, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { changeSettings, readSettings } from '../releases/template-settings.ts'
import { deleteTemplate, listDrafts, listTemplates, promoteDraft } from '../releases/templates.ts'
import { lazily, told } from '../described-fields.ts'

const settings = {
  ext: told('What the code reads with getExtConfig', '代码用 getExtConfig 读取的内容', jsonObject, {
    shop: '{{shopName}}',
  }),
  extJson: told('Other keys of ext_json', 'ext_json 的其他键', jsonObject, { window: {} }),
  variables: told(
    'Variables of `{{name}}`: what they are called, whether a merchant needs one, what stands for a missing one',
    '{{name}} 的变量：名称、是否必填、缺省值',
    namedRecord(
      v.strictObject({
        label: v.exactOptional(told('What people call it', '显示名称', text(64), '店名')),
        required: v.exactOptional(told('A merchant without it is refused', '没有值的商户不予发布', flag)),
        default: v.exactOptional(told('Stands for a missing one', '缺省值', text(1024, 0), '小店')),
      }),
    ),
    { shopName: { label: '店名', required: true } },
  ),
}

const settingsAnswer = lazily(() =>
  v.strictObject({
    ext: v.exactOptional(settings.ext),
    extJson: v.exactOptional(settings.extJson),
    variables: v.exactOptional(settings.variables),
  }),
)

export const templateOperations = {
  'templates.listDrafts': reading({
    role: 'viewer',
    door: ['commitCode', 'listDrafts'],
    summary: { en: 'Drafts that developers uploaded, newest first', zh: '开发者上传的草稿，新的在前' },
    reach: 'everyone',
    input: page,
    output: lazily(() => pageOf(draft())),
    run: (platform, input) => listDrafts(platform, input),
  }),
  'templates.promote': changing({
    role: 'operator',
    door: ['commitCode', 'promoteDraft'],
    summary: { en: 'Make a draft a template', zh: '把草稿设为模板' },
    input: {
      draftId,
      type: v.optional(told('0 ordinary, 1 standard', '0 普通模板，1 标准模板', v.picklist([0, 1])), 0),
    },
    output: lazily(() => v.strictObject({ templateId: whole('The new template', '新模板的编号', 12) })),
    run: (platform, input, { begunBefore }) => promoteDraft(platform, input.draftId, input.type, begunBefore),
  }),
  'templates.list': reading({
    role: 'viewer',
    door: ['commitCode', 'listTemplates'],
    summary: { en: 'Templates, newest first', zh: '模板，新的在前' },
    reach: 'everyone',
    input: page,
    output: lazily(() => pageOf(template())),
    run: (platform, input) => listTemplates(platform, input),
  }),
  'templates.delete': changing({
    role: 'operator',
    door: ['commitCode', 'deleteTemplate'],
    destructive: true,
    summary: { en: 'Delete a template', zh: '删除模板' },
    input: { templateId },
    output: nothing,
    run: (platform, input, { begunBefore }) => deleteTemplate(platform, input.templateId, begunBefore !== undefined),
  }),
  'templates.setSettings': changing({
    role: 'operator',
    repeatable: true,
    summary: {
      en: 'What all templates of one source mini program start from; given members replace, null takes one away',
      zh: '同一来源小程序的模板共用的设置；给出的成员整体替换，null 表示去掉',
    },
    input: {
      templateId,
      ext: v.optional(v.nullable(settings.ext)),
      extJson: v.optional(v.nullable(settings.extJson)),
      variables: v.optional(v.nullable(settings.variables)),
    },
    output: settingsAnswer,
    run: (platform, { templateId: id, ...change }) => changeSettings(platform, id, change),
  }),
  'templates.getSettings': reading({
    role: 'viewer',
    summary: {
      en: "A template's settings, which it shares with all others of its source mini program",
      zh: '模板的设置，与同一来源小程序的其他模板共用',
    },
    input: { templateId },
    output: settingsAnswer,
    run: (platform, input) => readSettings(platform, input.templateId),
  }),
}
