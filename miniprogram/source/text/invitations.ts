import { bilingual } from './bilingual.ts'

export const invite = bilingual({
  zh: {
    title: '邀请商户',
    business: '业务编号',
    businessPlaceholder: '如 shop-1024',
    businessHint: '商户在你自己系统里的编号：字母、数字和 _ . : -',
    accountType: '账号类型',
    types: { miniprogram: '小程序', official: '公众号', any: '都可以' },
    create: '生成邀请',
    qrLabel: '邀请二维码',
    qrHint: '请商户管理员用微信扫码，在打开的页面里授权',
    expires: '有效期至 {time}',
    waiting: '等待商户授权，完成后这里会自动更新',
    bound: '{name} 已授权',
    boundText: '已绑定到业务编号 {businessId}',
    shareQrCode: '发送二维码',
    shareCard: '发送给商户',
    cardTitle: '请授权我们为你的小程序提供服务',
    openMerchant: '查看商户',
  },
  en: {
    title: 'Invite a merchant',
    business: 'Business id',
    businessPlaceholder: 'such as shop-1024',
    businessHint: 'What your own system calls the merchant: letters, digits and _ . : -',
    accountType: 'Account type',
    types: { miniprogram: 'Mini program', official: 'Official account', any: 'Either' },
    create: 'Make the invitation',
    qrLabel: 'QR code of the invitation',
    qrHint: 'The merchant’s admin scans it with WeChat and authorizes on the page that opens',
    expires: 'Valid until {time}',
    waiting: 'Waiting for the merchant; this updates by itself',
    bound: '{name} has authorized',
    boundText: 'Bound to {businessId}',
    shareQrCode: 'Send the code',
    shareCard: 'Send a card',
    cardTitle: 'Please let us look after your mini program',
    openMerchant: 'See the merchant',
  },
})

/** Read by the merchant. */
export const invitation = bilingual({
  zh: {
    title: '授权邀请',
    heading: '服务商邀请你授权',
    text: '授权后，服务商可以为你的小程序上传版本、提交审核和发布。',
    qrLabel: '授权二维码',
    steps: [
      '点击下方按钮复制链接，在微信里发给自己（如文件传输助手），再点开它。',
      '或者用另一部手机的微信扫描上面的二维码。',
      '用小程序管理员的微信确认，勾选全部权限。',
    ],
    copyLink: '复制授权链接',
    broken: '这张邀请卡片无效，请向服务商索取新的邀请。',
  },
  en: {
    title: 'Invitation',
    heading: 'You are invited to authorize',
    text: 'Your service provider can then upload versions of your mini program, have them reviewed and release them.',
    qrLabel: 'QR code of the invitation',
    steps: [
      'Copy the link below, send it to yourself in WeChat (File Transfer, for one) and open it.',
      'Or scan the code above with WeChat on another phone.',
      'Confirm as the mini program’s admin, with all boxes ticked.',
    ],
    copyLink: 'Copy the link',
    broken: 'This card is not valid. Ask your service provider for another invitation.',
  },
})
