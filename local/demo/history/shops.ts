import type { NewMerchant } from '../../wechat/merchants.ts'

/** A shop of the demo: its account at WeChat, and what the service provider knows of it. */
export interface Shop {
  readonly nickName: string
  readonly principalName: string
  readonly city: string
  readonly theme: string
}

const row = (nickName: string, city: string, principalName: string, theme: string): Shop => ({
  nickName,
  city,
  principalName,
  theme,
})

/** In the order of their business numbers, from 1. */
export const shops: readonly Shop[] = [
  row('王记面馆', '杭州', '杭州王记餐饮有限公司', '#c0392b'),
  row('青禾书店', '苏州', '苏州青禾文化传播有限公司', '#1e8449'),
  row('南山花坊', '深圳', '深圳南山花卉有限公司', '#d35486'),
  row('小巷咖啡', '成都', '成都小巷餐饮管理有限公司', '#6e4b3a'),
  row('老街豆腐坊', '重庆', '重庆老街食品有限公司', '#8a6d3b'),
  row('阿婆鲜饺', '大连', '大连阿婆餐饮有限公司', '#b03a2e'),
  row('云上茶舍', '昆明', '昆明云上茶业有限公司', '#2e7d32'),
  row('拾光照相馆', '南京', '南京拾光摄影服务有限公司', '#34495e'),
  row('禾木烘焙', '上海', '上海禾木食品有限公司', '#b9770e'),
  row('春田绘本馆', '武汉', '武汉春田文化有限公司', '#e67e22'),
  row('西关牛杂', '广州', '广州西关餐饮管理有限公司', '#922b21'),
  row('山城火锅', '重庆', '重庆山城餐饮有限公司', '#cb4335'),
  row('沐风瑜伽', '厦门', '厦门沐风健身服务有限公司', '#48a999'),
  row('小鹿宠物医院', '北京', '北京小鹿动物医疗有限公司', '#5dade2'),
  row('江南裁缝铺', '绍兴', '绍兴江南服饰有限公司', '#7d3c98'),
  row('山海果园', '烟台', '烟台山海农业有限公司', '#c62828'),
  row('半亩花田民宿', '大理', '大理半亩花田酒店管理有限公司', '#ad1457'),
  row('知行自习室', '西安', '西安知行教育科技有限公司', '#283593'),
  row('漫步骑行', '青岛', '青岛漫步体育用品有限公司', '#00838f'),
  row('福满楼酒家', '福州', '福州福满楼餐饮有限公司', '#a93226'),
  row('一口田生鲜', '合肥', '合肥一口田商贸有限公司', '#558b2f'),
  row('松间理发', '长沙', '长沙松间美发有限公司', '#455a64'),
  row('老张修车', '沈阳', '沈阳老张汽车服务有限公司', '#37474f'),
  row('白桦滑雪', '哈尔滨', '哈尔滨白桦体育有限公司', '#1565c0'),
  row('湖畔书院', '杭州', '杭州湖畔文化创意有限公司', '#00695c'),
  row('甜橙奶茶', '宁波', '宁波甜橙餐饮有限公司', '#ef6c00'),
  row('晨光洗衣', '天津', '天津晨光洗涤服务有限公司', '#0277bd'),
  row('丝路拉面', '兰州', '兰州丝路餐饮有限公司', '#9e3b1f'),
  row('蓝鲸健身', '珠海', '珠海蓝鲸体育有限公司', '#1a5276'),
  row('橘子美甲', '无锡', '无锡橘子美容有限公司', '#d81b60'),
  row('星野露营', '贵阳', '贵阳星野旅游有限公司', '#33691e'),
  row('石榴家政', '济南', '济南石榴家政服务有限公司', '#ad3b3b'),
]

export const businessIdOf = (index: number): string => `shop-${String(index + 1).padStart(3, '0')}`

const catering = { first: 150, firstName: '餐饮服务', second: 612, secondName: '点餐平台' }
const office = { first: 287, firstName: '工具', second: 619, secondName: '办公' }
const food = { first: 304, firstName: '商家自营', second: 308, secondName: '食品饮料' }

/** Their accounts at the simulated WeChat; one business has a public account besides. */
export const accounts: readonly NewMerchant[] = [
  ...shops.map(({ nickName, principalName }) => ({
    nickName,
    principalName,
    categories: /餐饮|食品/.test(principalName) ? [catering, food] : [office],
  })),
  { nickName: '王记美食圈', principalName: '杭州王记餐饮有限公司', accountType: 'officialAccount' },
]

/** What the service provider notes of a business when it invites it; a stranger has a name only. */
export const attributesOf = (nickName: string): Readonly<Record<string, string>> => {
  const shop = shops.find((one) => one.nickName === nickName)
  return shop ? { shopName: nickName, city: shop.city, theme: shop.theme } : { shopName: nickName, theme: '#0a7d4f' }
}
