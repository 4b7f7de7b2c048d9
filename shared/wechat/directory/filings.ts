/** ICP filing (备案) and WeChat verification (微信认证), alone and in one. */
import { docs, get, post, shownBy, site } from '../endpoints/endpoint.ts'
import { picture, video } from '../endpoints/files.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { either, flag, list, may, oneOf, open, says, takes, text, upTo, whole } from './fields.ts'

const permissionSets = [18, 156]

const subjectBase = () =>
  takes({ type: whole, name: text, province: text, city: text, district: text, address: text, comment: may(text) })

const organizeInfo = () =>
  takes({ certificate_type: whole, certificate_number: text, certificate_address: text, certificate_photo: may(text) })

const appletBase = () =>
  takes({
    appid: may(text),
    name: may(text),
    service_content_types: may(upTo(5, whole)),
    nrlx_details: may(list(takes({ type: whole, code: may(text), media: may(text) }))),
    comment: may(text),
  })

const vat = () =>
  takes({
    id: text,
    enterprise_phone: text,
    enterprise_address: text,
    bank_name: text,
    bank_account: text,
    mailing_address: may(text),
    province: may(text),
    city: may(text),
    district: may(text),
    address: may(text),
    name: may(text),
    phone: may(text),
    desc: may(text),
  })

const principalInfoSaid = () =>
  says({
    name: text,
    mobile: text,
    email: text,
    emergency_contact: text,
    certificate_type: whole,
    certificate_number: text,
    certificate_validity_date_start: text,
    certificate_validity_date_end: text,
    certificate_photo_front: text,
    certificate_photo_back: text,
    authorization_letter: text,
    verify_task_id: text,
  })

const principalInfo = () =>
  takes({
    name: text,
    mobile: text,
    email: text,
    emergency_contact: text,
    certificate_type: whole,
    certificate_number: text,
    certificate_validity_date_start: text,
    certificate_validity_date_end: text,
    certificate_photo_front: text,
    certificate_photo_back: text,
    authorization_letter: may(text),
    verify_task_id: may(text),
  })

const icpMaterials = () =>
  takes({
    commitment_letter: may(list(text)),
    business_name_change_letter: may(list(text)),
    party_building_confirmation_letter: may(list(text)),
    promise_video: may(list(text)),
    authenticity_responsibility_letter: may(list(text)),
    authenticity_commitment_letter: may(list(text)),
    website_construction_proposal: may(list(text)),
    subject_other_materials: may(list(text)),
    applets_other_materials: may(list(text)),
    holding_certificate_photo: may(list(text)),
  })

const nothing = () => ({})

/** What is missing is added to it. */
const NOT_FILED = 1024
/** WeChat looks, the authority looks, filed. */
const onTheWay: ReadonlySet<number> = new Set([2, 4, 6])

const filing = get('authorizer', '/wxa/icp/get_icp_entrance_info', {
  title: { en: 'State of the ICP filing and why it was refused', zh: '备案状态及驳回原因' },
  reads: 'filings.get',
  reply: () =>
    says({
      info: says({
        status: whole,
        is_canceling: flag,
        audit_data: list(says({ key_name: text, error: text, suggest: text })),
        available: whole,
        sms_verify_status: whole,
      }),
    }),
  repeat: 'safe',
  permissionSets,
  link: site('/doc/oplatform/openApi/miniprogram-management/record/api_geticpentranceinfo'),
})

export const filings = {
  startFaceCheck: post('authorizer', '/wxa/icp/create_icp_verifytask', {
    title: { en: 'Start the face check of the administrator', zh: '发起管理员人脸核身' },
    changes: 'filings.startFaceCheck',
    role: 'owner',
    body: () => takes({ along_with_auth: may(flag) }),
    emptyBody: 'none',
    reply: () => says({ task_id: text, verify_url: text }),
    repeat: 'never',
    permissionSets,
    link: site('/doc/oplatform/openApi/miniprogram-management/record/api_createicpverifytask.html'),
  }),
  faceCheck: post('authorizer', '/wxa/icp/query_icp_verifytask', {
    title: { en: 'State of the face check', zh: '人脸核身状态' },
    reads: 'filings.faceCheck',
    role: 'owner',
    body: () => takes({ task_id: text }),
    reply: () => says({ is_finish: flag, face_status: whole, along_with_auth_result: whole }),
    repeat: 'safe',
    permissionSets,
    link: site('/doc/oplatform/openApi/miniprogram-management/record/api_queryicpverifytask.html'),
  }),
  upload: post('authorizer', '/wxa/icp/upload_icp_media', {
    title: { en: 'Upload a document for the ICP filing', zh: '上传备案材料' },
    changes: 'filings.upload',
    role: 'owner',
    body: () => takes({ type: oneOf(['image', 'video']), certificate_type: may(whole), icp_order_field: text }),
    part: 'media',
    files: [picture, video],
    reply: () => says({ type: text, media_id: text, create_at: whole }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/record/uploadIcpMedia'),
  }),
  document: get('authorizer', '/wxa/icp/get_icp_media', {
    title: { en: 'Download a document of the ICP filing', zh: '下载备案材料' },
    reads: 'filings.document',
    role: 'owner',
    query: () => takes({ media_id: text }),
    reply: 'binary',
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/record/getIcpMedia'),
  }),
  apply: post('authorizer', '/wxa/icp/apply_icp_filing', {
    title: { en: 'Apply for the ICP filing', zh: '申请备案' },
    changes: 'filings.apply',
    role: 'owner',
    body: () =>
      takes({
        icp_subject: takes({
          base_info: subjectBase(),
          personal_info: may(takes({ residence_permit: may(text) })),
          organize_info: organizeInfo(),
          principal_info: principalInfo(),
          legal_person_info: may(takes({ name: text, certificate_number: text })),
        }),
        icp_applets: takes({ base_info: appletBase(), principal_info: principalInfo() }),
        icp_materials: icpMaterials(),
      }),
    reply: () => says({ hints: list(says({ errcode: whole, errmsg: text, err_field: text })) }),
    readBack: shownBy(filing, nothing, ({ info }) => onTheWay.has(info?.status ?? 0) && {}),
    repeat: 'never',
    permissionSets,
    link: site('/doc/oplatform/openApi/miniprogram-management/record/api_applyicpfiling'),
  }),
  withdraw: post('authorizer', '/wxa/icp/cancel_apply_icp_filing', {
    title: { en: 'Withdraw the application for the ICP filing', zh: '撤回备案申请' },
    changes: 'filings.withdraw',
    role: 'owner',
    reply: acknowledged,
    readBack: shownBy(filing, nothing, ({ info }) => (info?.status ?? 0) >= NOT_FILED && {}),
    repeat: 'never',
    permissionSets,
    link: docs('miniprogram-management/record/cancelApplyIcpFiling'),
  }),
  cancel: post('authorizer', '/wxa/icp/cancel_icp_filing', {
    title: { en: 'Cancel the ICP filing (1 subject, 2 mini program)', zh: '注销备案（1 主体，2 小程序）' },
    changes: 'filings.cancel',
    role: 'owner',
    body: () => takes({ cancel_type: whole }),
    reply: acknowledged,
    readBack: shownBy(filing, nothing, ({ info }) => info?.is_canceling === true && {}),
    repeat: 'never',
    permissionSets,
    link: docs('miniprogram-management/record/cancelIcpfiling'),
  }),
  get: filing,
  details: get('authorizer', '/wxa/icp/get_online_icp_order', {
    title: { en: 'Details of the finished ICP filing', zh: '已备案信息' },
    reads: 'filings.details',
    role: 'owner',
    reply: () =>
      says({
        icp_subject: says({
          base_info: says({
            type: whole,
            name: text,
            province: text,
            city: text,
            district: text,
            address: text,
            comment: text,
            record_number: text,
          }),
          personal_info: says({ residence_permit: text }),
          organize_info: says({
            certificate_type: whole,
            certificate_number: text,
            certificate_address: text,
            certificate_photo: text,
          }),
          principal_info: principalInfoSaid(),
          legal_person_info: says({ name: text, certificate_number: text }),
        }),
        icp_applets: says({
          base_info: says({
            appid: text,
            name: text,
            service_content_types: list(whole),
            nrlx_details: list(says({ type: whole, code: text, media: text })),
            comment: text,
            record_number: text,
          }),
          principal_info: principalInfoSaid(),
        }),
      }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/record/getOnlineIcpOrder'),
  }),
  serviceTypes: get('authorizer', '/wxa/icp/query_icp_service_content_types', {
    title: { en: 'Kinds of service in an ICP filing', zh: '备案的服务内容类型' },
    reads: 'filings.serviceTypes',
    reply: () => says({ items: list(says({ type: whole, parent_type: whole, name: text, remark: text })) }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/record/queryIcpServiceContentTypes'),
  }),
  certificateTypes: get('authorizer', '/wxa/icp/query_icp_certificate_types', {
    title: { en: 'Kinds of certificate in an ICP filing', zh: '备案的证件类型' },
    reads: 'filings.certificateTypes',
    reply: () => says({ items: list(says({ type: whole, subject_type: whole, name: text, remark: text })) }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/record/queryIcpCertificateTypes'),
  }),
  districts: get('authorizer', '/wxa/icp/query_icp_district_code', {
    title: { en: 'Districts in an ICP filing', zh: '备案的地区代码' },
    reads: 'filings.districts',
    reply: () => says({ items: list(says({ type: whole, code: either, name: text, sub_list: list(open()) })) }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/record/queryIcpDistrictCode'),
  }),
  contentTypes: get('authorizer', '/wxa/icp/query_icp_nrlx_types', {
    title: { en: 'Kinds of content in an ICP filing', zh: '备案的内容类型' },
    reads: 'filings.contentTypes',
    reply: () => says({ items: list(says({ type: whole, name: text })) }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/record/queryIcpNrlxTypes'),
  }),
  subjectTypes: get('authorizer', '/wxa/icp/query_icp_subject_types', {
    title: { en: 'Kinds of subject in an ICP filing', zh: '备案的主体性质' },
    reads: 'filings.subjectTypes',
    reply: () => says({ items: list(says({ type: whole, name: text, remark: text })) }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/record/queryIcpSubjectTypes'),
  }),
}

export const verifications = {
  apply: post('authorizer', '/wxa/sec/wxaauth', {
    title: { en: 'Apply for WeChat verification', zh: '申请微信认证' },
    changes: 'verifications.apply',
    role: 'owner',
    body: () =>
      takes({
        auth_data: takes({
          customer_type: whole,
          taskid: may(text),
          contact_info: takes({ name: text, email: text }),
          qualification: may(text),
          qualification_other: may(list(text)),
          account_name: text,
          account_name_type: whole,
          account_supplemental: may(list(text)),
          pay_type: whole,
          invoice_info: may(
            takes({
              invoice_type: whole,
              invoice_title: may(text),
              electronic: may(takes({ id: text, desc: may(text) })),
              vat: may(vat()),
            }),
          ),
          auth_identification: may(text),
          auth_ident_material: may(list(text)),
          third_party_phone: may(text),
          service_appid: may(text),
        }),
      }),
    reply: () => says({ taskid: text, auth_url: text }),
    repeat: 'never',
    permissionSets: [18],
    link: docs('miniprogram-management/weapp-wxverify/secwxaapi_wxaauth'),
  }),
  get: post('authorizer', '/wxa/sec/queryauth', {
    title: { en: 'State of the WeChat verification', zh: '微信认证状态' },
    reads: 'verifications.get',
    role: 'owner',
    body: () => takes({ taskid: text }),
    reply: () =>
      says({
        task_status: whole,
        apply_status: whole,
        appid: text,
        refill_reason: text,
        fail_reason: text,
        auth_url: text,
        orderid: either,
        dispatch_info: says({ provider: text, contact: text, dispatch_time: whole }),
      }),
    repeat: 'safe',
    permissionSets: [18],
    link: site('/doc/oplatform/openApi/miniprogram-management/weapp-wxverify/api_secwxaapi_queryauth.md'),
  }),
  upload: post('authorizer', '/wxa/sec/uploadauthmaterial', {
    title: { en: 'Upload a document for WeChat verification', zh: '上传微信认证材料' },
    changes: 'verifications.upload',
    role: 'owner',
    part: 'media',
    files: [picture],
    reply: () => says({ type: text, mediaid: text }),
    repeat: 'safe',
    permissionSets: [18],
    link: docs('miniprogram-management/weapp-wxverify/secwxaapi_uploadauthmaterial'),
  }),
  applyAgain: post('authorizer', '/wxa/sec/reauth', {
    title: { en: 'Apply for WeChat verification again', zh: '重新申请微信认证' },
    changes: 'verifications.applyAgain',
    role: 'owner',
    body: () =>
      takes({
        auth_data: takes({
          customer_type: whole,
          taskid: text,
          contact_info: takes({ name: text, email: text }),
          qualification: may(text),
          qualification_other: may(list(text)),
          account_name: text,
          account_name_type: whole,
          account_supplemental: may(list(text)),
          pay_type: whole,
          invoice_info: may(
            takes({
              invoice_type: whole,
              invoice_title: may(text),
              electronic: may(takes({ id: text, desc: may(text) })),
              vat: may(vat()),
            }),
          ),
          auth_identification: may(text),
          auth_ident_material: may(list(text)),
          third_party_phone: may(text),
          service_appid: may(text),
        }),
      }),
    reply: () => says({ taskid: text, auth_url: text }),
    repeat: 'never',
    permissionSets: [18],
    link: docs('miniprogram-management/weapp-wxverify/secwxaapi_reauth'),
  }),
  identities: post('authorizer', '/wxa/sec/authidentitytree', {
    title: { en: 'Kinds of identity for personal verification', zh: '个人认证的身份类型' },
    reads: 'verifications.identities',
    reply: () =>
      says({
        identity_tree_list: list(
          says({
            node_id: whole,
            name: text,
            node_list: list(open()),
            root_info: says({ type: whole }),
            leaf_info: says({ requirement: text }),
          }),
        ),
      }),
    repeat: 'safe',
    permissionSets: [18],
    link: docs('miniprogram-management/weapp-wxverify/secwxaapi_authidentitytree'),
  }),
  applyWithFiling: post('authorizer', '/wxa/sec/submit_auth_and_icp', {
    title: { en: 'Apply for verification and ICP filing together', zh: '同时申请认证和备案' },
    changes: 'verifications.applyWithFiling',
    role: 'owner',
    body: () =>
      takes({
        auth_data: takes({
          customer_type: whole,
          taskid: may(text),
          contact_info: takes({ name: text, email: text }),
          qualification: may(text),
          qualification_other: may(list(text)),
          account_name: text,
          account_name_type: whole,
          account_supplemental: may(list(text)),
          pay_type: whole,
          invoice_info: may(
            takes({
              invoice_type: whole,
              invoice_title: may(text),
              electronic: may(takes({ id: text, desc: may(text) })),
              vat: may(vat()),
            }),
          ),
          auth_identification: may(text),
          auth_ident_material: may(list(text)),
          third_party_phone: may(text),
          service_appid: may(text),
        }),
        icp_subject: takes({
          base_info: subjectBase(),
          personal_info: may(takes({ residence_permit: may(text) })),
          organize_info: organizeInfo(),
          principal_info: principalInfo(),
          legal_person_info: may(takes({ name: text, certificate_number: text })),
        }),
        icp_applets: takes({ base_info: appletBase(), principal_info: principalInfo() }),
        icp_materials: icpMaterials(),
      }),
    reply: () =>
      says({ hints: list(says({ errcode: whole, errmsg: text, err_field: text })), procedure_id: text, pay_url: text }),
    repeat: 'never',
    permissionSets: [18],
    link: site('/doc/oplatform/openApi/miniprogram-management/wxverifyicp/api_submitauthandicp.html'),
  }),
  getWithFiling: post('authorizer', '/wxa/sec/query_auth_and_icp', {
    title: { en: 'State of verification and ICP filing together', zh: '认证及备案的状态' },
    reads: 'verifications.getWithFiling',
    role: 'owner',
    body: () => takes({ procedure_id: text }),
    reply: () =>
      says({
        procedure_status: whole,
        orderid: whole,
        refill_reason: text,
        fail_reason: text,
        icp_audit: says({
          hints: list(says({ errcode: whole, errmsg: text, err_field: text })),
          audit_data: list(says({ key_name: text, error: text, suggest: text })),
          sms_verify_status: whole,
        }),
      }),
    repeat: 'safe',
    permissionSets: [18],
    link: site('/doc/oplatform/openApi/miniprogram-management/wxverifyicp/api_queryauthandicp.html'),
  }),
}
