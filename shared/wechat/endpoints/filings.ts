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
    title: { en: 'Start the face check of the administrator', zh: '发起管理员人脸核身' },
    changes: 'filings.startFaceCheck',
    role: 'owner',
    reply: () => v.looseObject({ task_id: text }),
    link: record('createIcpVerifyTask'),
  }),
  faceCheck: post('authorizer', '/wxa/icp/query_icp_verifytask', {
    ...read,
    title: { en: 'State of the face check', zh: '人脸核身状态' },
    reads: 'filings.faceCheck',
    role: 'owner',
    body: () => v.strictObject({ task_id: v.string() }),
    link: record('queryIcpVerifyTask'),
  }),
  uploadDocument: post('authorizer', '/wxa/icp/upload_icp_media', {
    title: { en: 'Upload a document for the ICP filing', zh: '上传备案材料' },
    query: anything,
    part: 'media',
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: record('uploadIcpMedia'),
  }),
  document: get('authorizer', '/wxa/icp/get_icp_media', {
    title: { en: 'Download a document of the ICP filing', zh: '下载备案材料' },
    reads: 'filings.document',
    role: 'owner',
    query: () => v.strictObject({ media_id: v.string() }),
    reply: 'binary',
    repeat: 'safe',
    permissionSets,
    link: record('getIcpMedia'),
  }),
  apply: post('authorizer', '/wxa/icp/apply_icp_filing', {
    ...write,
    title: { en: 'Apply for the ICP filing', zh: '申请备案' },
    changes: 'filings.apply',
    role: 'owner',
    link: record('applyIcpFiling'),
  }),
  cancelApplication: post('authorizer', '/wxa/icp/cancel_apply_icp_filing', {
    ...write,
    title: { en: 'Withdraw the application for the ICP filing', zh: '撤回备案申请' },
    changes: 'filings.withdraw',
    role: 'owner',
    link: record('cancelApplyIcpFiling'),
  }),
  cancel: post('authorizer', '/wxa/icp/cancel_icp_filing', {
    ...write,
    title: { en: 'Cancel the ICP filing', zh: '注销备案' },
    changes: 'filings.cancel',
    role: 'owner',
    link: record('cancelIcpFiling'),
  }),
  state: get('authorizer', '/wxa/icp/get_icp_entrance_info', {
    ...read,
    title: { en: 'State of the ICP filing and why it was refused', zh: '备案状态及驳回原因' },
    reads: 'filings.get',
    link: record('getIcpEntranceInfo'),
  }),
  details: get('authorizer', '/wxa/icp/get_online_icp_order', {
    ...read,
    title: { en: 'Details of the finished ICP filing', zh: '已备案信息' },
    reads: 'filings.details',
    role: 'owner',
    link: record('getOnlineIcpOrder'),
  }),
  serviceTypes: get('authorizer', '/wxa/icp/query_icp_service_content_types', {
    ...read,
    title: { en: 'Kinds of service in an ICP filing', zh: '备案的服务内容类型' },
    reads: 'filings.serviceTypes',
    link: record('queryIcpServiceContentTypes'),
  }),
  certificateTypes: get('authorizer', '/wxa/icp/query_icp_certificate_types', {
    ...read,
    title: { en: 'Kinds of certificate in an ICP filing', zh: '备案的证件类型' },
    reads: 'filings.certificateTypes',
    link: record('queryIcpCertificateTypes'),
  }),
  districts: get('authorizer', '/wxa/icp/query_icp_district_code', {
    ...read,
    title: { en: 'Districts in an ICP filing', zh: '备案的地区代码' },
    reads: 'filings.districts',
    link: record('queryIcpDistrictCode'),
  }),
  contentTypes: get('authorizer', '/wxa/icp/query_icp_nrlx_types', {
    ...read,
    title: { en: 'Kinds of content in an ICP filing', zh: '备案的内容类型' },
    reads: 'filings.contentTypes',
    link: record('queryIcpNrlxTypes'),
  }),
  subjectTypes: get('authorizer', '/wxa/icp/query_icp_subject_types', {
    ...read,
    title: { en: 'Kinds of subject in an ICP filing', zh: '备案的主体性质' },
    reads: 'filings.subjectTypes',
    link: record('queryIcpSubjectTypes'),
  }),
  startVerification: post('authorizer', '/wxa/sec/wxaauth', {
    ...write,
    title: { en: 'Apply for WeChat verification', zh: '申请微信认证' },
    changes: 'verifications.apply',
    role: 'owner',
    link: docs(),
  }),
  verification: post('authorizer', '/wxa/sec/queryauth', {
    ...read,
    title: { en: 'State of the WeChat verification', zh: '微信认证状态' },
    reads: 'verifications.get',
    role: 'owner',
    body: anything,
    link: docs(),
  }),
  uploadVerification: post('authorizer', '/wxa/sec/uploadauthmaterial', {
    title: { en: 'Upload a document for WeChat verification', zh: '上传微信认证材料' },
    part: 'media',
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs(),
  }),
  repeatVerification: post('authorizer', '/wxa/sec/reauth', {
    ...write,
    title: { en: 'Apply for WeChat verification again', zh: '重新申请微信认证' },
    changes: 'verifications.applyAgain',
    role: 'owner',
    link: docs(),
  }),
  identities: get('authorizer', '/wxa/sec/authidentitytree', {
    ...read,
    title: { en: 'Kinds of identity for personal verification', zh: '个人认证的身份类型' },
    reads: 'verifications.identities',
    link: docs(),
  }),
  startBoth: post('authorizer', '/wxa/sec/submit_auth_and_icp', {
    ...write,
    title: { en: 'Apply for verification and ICP filing together', zh: '同时申请认证和备案' },
    changes: 'verifications.applyWithFiling',
    role: 'owner',
    link: docs(),
  }),
  both: post('authorizer', '/wxa/sec/query_auth_and_icp', {
    ...read,
    title: { en: 'State of verification and ICP filing together', zh: '认证及备案的状态' },
    reads: 'verifications.getWithFiling',
    role: 'owner',
    body: anything,
    link: docs(),
  }),
  violations: post('authorizer', '/wxa/getillegalrecords', {
    ...read,
    title: { en: 'Violations of a mini program', zh: '小程序的违规记录' },
    reads: 'violations.list',
    body: () => v.strictObject({ start_time: v.number(), end_time: v.number() }),
    link: docs(),
  }),
  appeals: post('authorizer', '/wxa/getappealrecords', {
    ...read,
    title: { en: 'Appeals against a violation', zh: '违规申诉记录' },
    reads: 'appeals.list',
    body: () => v.strictObject({ illegal_record_id: v.string() }),
    link: docs(),
  }),
}
