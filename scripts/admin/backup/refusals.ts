import { DeployError } from '../../deploy/words.ts'

/* What stops a backup or its return, with what to do about it. */

export const needsPassphrase = (length: number): DeployError =>
  new DeployError(
    {
      zh: `BACKUP_PASSPHRASE 未设置或短于 ${length} 个字符`,
      en: `BACKUP_PASSPHRASE is unset or shorter than ${length}`,
    },
    {
      zh: '在环境变量中设置口令；npm run keys 会生成一个。口令与备份文件分开保存',
      en: 'set it in the environment; npm run keys makes one. Keep it apart from the file',
    },
  )

export const wrongPassphrase = (cause: unknown): DeployError =>
  new DeployError(
    { zh: '口令不对，或文件开头已损坏', en: 'the passphrase is another one, or the head of the file is damaged' },
    { zh: '核对 BACKUP_PASSPHRASE', en: 'compare BACKUP_PASSPHRASE with the one of that day' },
    cause,
  )

/** `frame`: -1 for the first line. */
export const damaged = (frame: number, cause?: unknown): DeployError =>
  new DeployError(
    frame < 0
      ? { zh: '不是 Minifleet 备份文件', en: 'this is no backup of Minifleet' }
      : { zh: `备份文件在第 ${frame} 段损坏`, en: `the file is damaged at frame ${frame}` },
    { zh: '换一份备份；未写入任何数据', en: 'use another copy; nothing was written' },
    cause,
  )

export const cutOff = (): DeployError =>
  new DeployError(
    { zh: '备份文件不完整', en: 'the file ends too early' },
    { zh: '重新复制文件，或换一份备份；未写入任何数据', en: 'copy it again or use another one; nothing was written' },
  )

export const fileExists = (file: string): DeployError =>
  new DeployError(
    { zh: `文件已存在：${file}`, en: `${file} exists` },
    { zh: '换一个文件名', en: 'choose another name' },
  )

export const noFile = (file: string, cause: unknown): DeployError =>
  new DeployError(
    { zh: `无法读取 ${file}`, en: `${file} cannot be read` },
    { zh: '核对路径', en: 'compare the path' },
    cause,
  )

export const otherPlatform = (appid: string): DeployError =>
  new DeployError(
    { zh: `备份属于第三方平台 ${appid}`, en: `the backup is of the platform ${appid}` },
    { zh: '核对 .env 中的 COMPONENT_APPID', en: 'compare COMPONENT_APPID in .env' },
  )

export const lacksSealKey = (ids: readonly string[], cause?: unknown): DeployError =>
  new DeployError(
    {
      zh: `SEAL_KEYS 缺少备份所用的密钥 ${ids.join('、')}`,
      en: `SEAL_KEYS lacks keys (or has others of the same name) that sealed the backup: ${ids.join(', ')}`,
    },
    {
      zh: '把备份当时的密钥加到 SEAL_KEYS 末尾，部署后再导入',
      en: 'put the keys of that day at the end of SEAL_KEYS, deploy, import again',
    },
    cause,
  )

export const newerData = (names: readonly string[]): DeployError =>
  new DeployError(
    { zh: `备份来自更新的版本（${names.join('、')}）`, en: `the backup is of a newer version (${names.join(', ')})` },
    { zh: '先升级：git pull，npm run deploy', en: 'upgrade first: git pull, npm run deploy' },
  )

export const otherForm = (): DeployError =>
  new DeployError(
    {
      zh: '备份的数据版本与环境不同，不能合并',
      en: 'the backup and the environment are of different versions of the data and cannot be merged',
    },
    {
      zh: '导入到空环境，再执行 npm run deploy 完成数据升级',
      en: 'import into an empty environment and let npm run deploy migrate it',
    },
  )

export const notEmpty = (collection: string): DeployError =>
  new DeployError(
    { zh: `环境不是空的（${collection}）`, en: `the environment is not empty (${collection})` },
    {
      zh: '导入到新环境；或加 --merge：只补缺少的，已有的一律不改',
      en: 'import into a new environment, or add --merge: what is missing is added, what is there stays',
    },
  )

export const otherImport = (backupId: string): DeployError =>
  new DeployError(
    { zh: `另一份备份（${backupId}）的导入尚未完成`, en: `the import of another backup (${backupId}) is not finished` },
    { zh: '先用那份文件继续导入；或加 --merge', en: 'go on with that file first, or add --merge' },
  )
