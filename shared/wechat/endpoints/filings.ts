/**
 * ICP filing (备案), WeChat verification (微信认证), violation records. The reference names these endpoints without their
 * fields, so nothing is asserted about bodies and replies.
 */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, text } from './shapes.ts'

const record = (name: string): string => docs(`miniprogram-management/record/${name}`)
const anything = () => v.looseObject({})
const permissionSets = [18, 156]

const read = { reply: acknowledged, repeat: 'safe', permissionSets } as const
const write = { body: anything, reply: acknowledged, repeat: 'never', permissionSets } as const

export const filings = {
  startFaceCheck: post('authorizer', '/wxa/icp/create_icp_verifytask', {
    ...write,
    title: 'Start the face check of the administrator',
    reply: () => v.looseObject({ task_id: text }),
    link: record('createIcpVerifyTask'),
  }),
  faceCheck: post('authorizer', '/wxa/icp/query_icp_verifytask', {
    ...read,
    title: 'State of the face check',
    body: () => v.object({ task_id: v.string() }),
    link: record('queryIcpVerifyTask'),
  }),
  uploadDocument: post('authorizer', '/wxa/icp/upload_icp_media', {
    title: 'Upload a document for the ICP filing',
    query: anything,
    part: 'media',
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: record('uploadIcpMedia'),
  }),
  document: get('authorizer', '/wxa/icp/get_icp_media', {
    title: 'Download a document of the ICP filing',
    query: () => v.object({ media_id: v.string() }),
    reply: 'binary',
    repeat: 'safe',
    permissionSets,
    link: record('getIcpMedia'),
  }),
  apply: post('authorizer', '/wxa/icp/apply_icp_filing', {
    ...write,
    title: 'Apply for the ICP filing',
    link: record('applyIcpFiling'),
  }),
  cancelApplication: post('authorizer', '/wxa/icp/cancel_apply_icp_filing', {
    ...write,
    title: 'Withdraw the application for the ICP filing',
    link: record('cancelApplyIcpFiling'),
  }),
  cancel: post('authorizer', '/wxa/icp/cancel_icp_filing', {
    ...write,
    title: 'Cancel the ICP filing',
    link: record('cancelIcpFiling'),
  }),
  state: get('authorizer', '/wxa/icp/get_icp_entrance_info', {
    ...read,
    title: 'State of the ICP filing and why it was refused',
    link: record('getIcpEntranceInfo'),
  }),
  details: get('authorizer', '/wxa/icp/get_online_icp_order', {
    ...read,
    title: 'Details of the finished ICP filing',
    link: record('getOnlineIcpOrder'),
  }),
  serviceTypes: get('authorizer', '/wxa/icp/query_icp_service_content_types', {
    ...read,
    title: 'Kinds of service in an ICP filing',
    link: record('queryIcpServiceContentTypes'),
  }),
  certificateTypes: get('authorizer', '/wxa/icp/query_icp_certificate_types', {
    ...read,
    title: 'Kinds of certificate in an ICP filing',
    link: record('queryIcpCertificateTypes'),
  }),
  districts: get('authorizer', '/wxa/icp/query_icp_district_code', {
    ...read,
    title: 'Districts in an ICP filing',
    link: record('queryIcpDistrictCode'),
  }),
  contentTypes: get('authorizer', '/wxa/icp/query_icp_nrlx_types', {
    ...read,
    title: 'Kinds of content in an ICP filing',
    link: record('queryIcpNrlxTypes'),
  }),
  subjectTypes: get('authorizer', '/wxa/icp/query_icp_subject_types', {
    ...read,
    title: 'Kinds of subject in an ICP filing',
    link: record('queryIcpSubjectTypes'),
  }),
  startVerification: post('authorizer', '/wxa/sec/wxaauth', {
    ...write,
    title: 'Apply for WeChat verification',
    link: docs(),
  }),
  verification: post('authorizer', '/wxa/sec/queryauth', {
    ...read,
    title: 'State of the WeChat verification',
    body: anything,
    link: docs(),
  }),
  uploadVerification: post('authorizer', '/wxa/sec/uploadauthmaterial', {
    title: 'Upload a document for WeChat verification',
    part: 'media',
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs(),
  }),
  repeatVerification: post('authorizer', '/wxa/sec/reauth', {
    ...write,
    title: 'Apply for WeChat verification again',
    link: docs(),
  }),
  identities: get('authorizer', '/wxa/sec/authidentitytree', {
    ...read,
    title: 'Kinds of identity for personal verification',
    link: docs(),
  }),
  startBoth: post('authorizer', '/wxa/sec/submit_auth_and_icp', {
    ...write,
    title: 'Apply for verification and ICP filing together',
    link: docs(),
  }),
  both: post('authorizer', '/wxa/sec/query_auth_and_icp', {
    ...read,
    title: 'State of verification and ICP filing together',
    body: anything,
    link: docs(),
  }),
  violations: post('authorizer', '/wxa/getillegalrecords', {
    ...read,
    title: 'Violations of a mini program',
    body: () => v.object({ start_time: v.number(), end_time: v.number() }),
    link: docs(),
  }),
  appeals: post('authorizer', '/wxa/getappealrecords', {
    ...read,
    title: 'Appeals against a violation',
    body: () => v.object({ illegal_record_id: v.string() }),
    link: docs(),
  }),
}
