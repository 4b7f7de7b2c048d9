import * as v from 'valibot'
import type { Language } from '../text/language.ts'

const words = v.nullish(v.string())

const shape = v.object({
  codeExist: v.nullish(v.number()),
  missing: v.optional(v.array(v.string()), []),
  settingList: v.nullish(v.array(v.object({ privacy_key: v.string(), privacy_text: words, privacy_label: words })), []),
  privacyDesc: v.nullish(
    v.object({
      privacy_desc_list: v.nullish(v.array(v.object({ privacy_key: v.string(), privacy_desc: words })), []),
    }),
  ),
  ownerSetting: v.nullish(
    v.object({
      contact_email: words,
      contact_phone: words,
      contact_qq: words,
      contact_weixin: words,
      notice_method: words,
    }),
  ),
})

export interface Guideline {
  readonly hasCode: boolean
  /** Keys that the code needs and the guideline does not explain. */
  readonly missing: readonly string[]
  readonly purposes: ReadonlyMap<string, string>
  /** What a key stands for, in Chinese. */
  readonly labels: ReadonlyMap<string, string>
  readonly email: string
  readonly phone: string
  readonly notice: string
  /** Ways to get in touch that were set elsewhere and are kept. */
  readonly otherContacts: { readonly contact_qq?: string; readonly contact_weixin?: string }
}

/** The answer of `miniprograms.getPrivacy`. */
export const readGuideline = (answer: unknown): Guideline => {
  const { codeExist, missing, settingList, privacyDesc, ownerSetting } = v.parse(shape, answer)
  const settings = settingList ?? []
  return {
    hasCode: codeExist === 1,
    missing,
    purposes: new Map(settings.map(({ privacy_key, privacy_text }) => [privacy_key, privacy_text ?? ''])),
    labels: new Map([
      ...(privacyDesc?.privacy_desc_list ?? []).map(
        ({ privacy_key, privacy_desc }) => [privacy_key, privacy_desc ?? privacy_key] as const,
      ),
      ...settings.flatMap(({ privacy_key, privacy_label }) =>
        privacy_label ? [[privacy_key, privacy_label] as const] : [],
      ),
    ]),
    email: ownerSetting?.contact_email ?? '',
    phone: ownerSetting?.contact_phone ?? '',
    notice: ownerSetting?.notice_method ?? '',
    otherContacts: {
      ...(ownerSetting?.contact_qq && { contact_qq: ownerSetting.contact_qq }),
      ...(ownerSetting?.contact_weixin && { contact_weixin: ownerSetting.contact_weixin }),
    },
  }
}

/** WeChat's names for what a mini program may collect; more may be written by hand on mp.weixin.qq.com. */
const names: readonly (readonly [key: string, zh: string, en: string])[] = [
  ['UserInfo', '昵称、头像', 'Nickname, picture'],
  ['PhoneNumber', '手机号', 'Phone number'],
  ['Location', '位置信息', 'Location'],
  ['ChooseLocation', '选择的位置', 'A place that is chosen'],
  ['Address', '通讯地址', 'Address'],
  ['EXOrderInfo', '订单信息', 'Orders'],
  ['Album', '选中的照片或视频', 'Photos and videos that are chosen'],
  ['AlbumWriteOnly', '相册（仅写入）', 'Album (writing only)'],
  ['Camera', '摄像头', 'Camera'],
  ['Record', '麦克风', 'Microphone'],
  ['Invoice', '发票信息', 'Invoice'],
  ['Email', '邮箱', 'E-mail'],
  ['EXUserPublishContent', '发布内容', 'What users publish'],
  ['EXUserFollowAcct', '所关注账号', 'Accounts that are followed'],
  ['EXUserOpLog', '操作日志', 'Operation log'],
  ['EXIDNumber', '身份证号码', 'Identity card number'],
  ['LicensePlate', '车牌号', 'Licence plate'],
  ['RunData', '微信运动步数', 'WeRun steps'],
  ['DeviceInfo', '设备信息', 'Device'],
  ['BlueTooth', '蓝牙', 'Bluetooth'],
  ['Contact', '通讯录（仅写入）', 'Contacts (writing only)'],
  ['CalendarWriteOnly', '日历（仅写入）', 'Calendar (writing only)'],
  ['MessageFile', '选中的文件', 'Files that are chosen'],
  ['Clipboard', '剪切板', 'Clipboard'],
  ['Accelerometer', '加速传感器', 'Accelerometer'],
  ['Compass', '磁场传感器', 'Compass'],
  ['DeviceMotion', '方向传感器', 'Device motion'],
  ['Gyroscope', '陀螺仪传感器', 'Gyroscope'],
]

/** For a select: each key with its name. */
export const privacyChoices = (language: Language): { readonly value: string; readonly label: string }[] =>
  names.map(([value, zh, en]) => ({ value, label: language === 'zh' ? zh : en }))
