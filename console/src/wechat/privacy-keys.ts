import type { Language } from '../text/language.ts'

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
