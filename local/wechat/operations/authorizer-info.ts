import { liveOf } from '../merchants.ts'
import type { Merchant } from '../merchants.ts'

/** `authorizer_info` of api_get_authorizer_info; which `…_info` is there tells the kind of account. */
export const describeAuthorizer = (merchant: Merchant): Record<string, unknown> => ({
  nick_name: merchant.nickName,
  head_img: merchant.headImage,
  user_name: merchant.userName,
  alias: '',
  qrcode_url: `https://mp.weixin.qq.com/demo/${merchant.userName}.jpg`,
  principal_name: merchant.principalName,
  signature: merchant.signature,
  service_type_info: { id: merchant.accountType === 'miniProgram' ? 0 : 2 },
  verify_type_info: { id: merchant.principalType === 1 ? 0 : -1 },
  business_info: { open_store: 0, open_scan: 0, open_pay: 0, open_card: 0, open_shake: 0 },
  ...kindOf(merchant),
  register_type: merchant.createdByApi ? 6 : 0,
  account_status: merchant.accountStatus,
  basic_config: { is_phone_configured: true, is_email_configured: true },
})

const kindOf = (merchant: Merchant): Record<string, unknown> => {
  const { accountType } = merchant
  if (accountType === 'officialAccount') return {}
  return accountType === 'miniProgram'
    ? { MiniProgramInfo: describeMiniProgram(merchant) }
    : { [`${accountType}_info`]: { id: 0 } }
}

const describeMiniProgram = (merchant: Merchant): Record<string, unknown> => {
  const { effective, effectiveWebview } = merchant.domains
  return {
    network: {
      RequestDomain: effective.requestdomain,
      WsRequestDomain: effective.wsrequestdomain,
      UploadDomain: effective.uploaddomain,
      DownloadDomain: effective.downloaddomain,
      UDPDomain: effective.udpdomain,
      TCPDomain: effective.tcpdomain,
      BizDomain: effectiveWebview,
    },
    categories: merchant.categories
      .filter((category) => category.status === 3)
      .map((category) => ({ first: category.firstName, second: category.secondName })),
    visit_status: liveOf(merchant) !== undefined && !merchant.visible ? 1 : 0,
  }
}
