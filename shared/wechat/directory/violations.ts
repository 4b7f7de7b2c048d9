/** Violations of a mini program and appeals against them. */
import * as v from 'valibot'
import { post, shownBy, site } from '../endpoints/endpoint.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { list, may, says, takes, text, whole } from './fields.ts'

const permissionSets = [18, 76]

export const violations = {
  list: post('authorizer', '/wxa/getillegalrecords', {
    title: { en: 'Violations of a mini program', zh: '小程序的违规记录' },
    reads: 'violations.list',
    body: () => takes({ start_time: may(whole), end_time: may(whole) }),
    reply: () =>
      says({
        records: list(
          says({
            illegal_record_id: text,
            illegal_reason: text,
            illegal_content: text,
            rule_name: text,
            rule_url: text,
            create_time: whole,
          }),
        ),
      }),
    repeat: 'safe',
    permissionSets,
    allSetsNeeded: true,
    link: site('/doc/oplatform/openApi/miniprogram-management/record-management/api_getillegalrecords.html'),
  }),
}

/** One is looked at, at a time. */
const UNDER_WAY = 1

const made = post('authorizer', '/wxa/getappealrecords', {
  title: { en: 'Appeals against a violation', zh: '违规申诉记录' },
  reads: 'appeals.list',
  body: () => takes({ illegal_record_id: text }),
  reply: () =>
    says({
      records: list(
        says({
          appeal_record_id: whole,
          appeal_count: whole,
          appeal_from: whole,
          appeal_status: whole,
          materials: list(
            says({
              illegal_material: says({ content: text, content_url: text }),
              appeal_material: says({ reason: text, proof_material_ids: list(text) }),
            }),
          ),
          punish_description: text,
          audit_reason: text,
          appeal_time: whole,
          audit_time: whole,
        }),
      ),
    }),
  repeat: 'safe',
  permissionSets,
  allSetsNeeded: true,
  link: site('/doc/oplatform/openApi/miniprogram-management/record-management/api_getappealrecords'),
})

export const appeals = {
  list: made,
  create: post('authorizer', '/wxa/component/createappeal', {
    title: {
      en: 'Appeal against a violation; each success uses up one appeal',
      zh: '对违规记录提出申诉，每次成功用掉一次机会',
    },
    changes: 'appeals.create',
    body: () => takes({ illegal_record_id: text, appeal_materials: list(v.looseObject({ reason: text })) }),
    reply: acknowledged,
    readBack: shownBy(
      made,
      ({ illegal_record_id: record }) => ({ body: { illegal_record_id: String(record) } }),
      ({ records = [] }) => records.some((one) => one.appeal_status === UNDER_WAY) && {},
    ),
    repeat: 'never',
    permissionSets: [198],
    link: site('/doc/oplatform/openApi/miniprogram-management/record-management/api_createappeal.md'),
  }),
}
