import axios from 'axios'
import type { Config } from '../../shared/config.ts'
import { takeLocalPlace } from './database.ts'
import { readFunctionConfig, refuseVariables } from './variables.ts'
import { DeployError, type Words } from './words.ts'

export const nobodyThere = (url: string): Words => ({
  zh: `${url} 没有正在运行的本机平台`,
  en: 'no local host answers there',
})

export const startItFirst: Words = {
  zh: '先运行 npm start 或 npm run local，再填写它打印的地址',
  en: 'npm start or npm run local, then the address that it prints',
}

/** Database calls go to the local host at `url` from now on. @throws DeployError */
export async function workAtLocalHost(url: string, env: NodeJS.ProcessEnv): Promise<Config> {
  await axios.get(`${url.replace(/\/+$/, '')}/__local/stats`, { timeout: 5000 }).catch((error: unknown) => {
    throw new DeployError(nobodyThere(url), startItFirst, error)
  })
  const config = configOfLocalHost(env)
  takeLocalPlace(url)
  return config
}

/** What the local host was started with. @throws DeployError */
export function configOfLocalHost(env: NodeJS.ProcessEnv): Config {
  const read = readFunctionConfig(env)
  if ('wrong' in read)
    throw refuseVariables(read.wrong, {
      zh: '在启动本机平台时的那个环境里运行此命令',
      en: 'run this in the process environment that the local host was started with',
    })
  return read.config
}
