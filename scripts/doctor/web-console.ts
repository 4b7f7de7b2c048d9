import { consoleAddress, missingOrigin } from '../deploy/web-console.ts'
import { ok } from './finding.ts'
import type { Check } from './patient.ts'

/** Where static hosting has the console: may it call the API? Without hosting there is nothing to say. */
export const checkConsole: Check = async ({ cloud }) => {
  const site = await cloud?.cloud.site()
  if (!cloud || !site?.isOnline) return []
  const missing = missingOrigin(site, cloud.values.config.apiCorsOrigins)
  if (!missing) return [ok('console', `网页控制台：${consoleAddress(site)}`, 'the web console may call the API')]
  return [
    {
      id: 'console.origin',
      level: 'warning',
      what: { zh: `网页控制台 ${consoleAddress(site)} 不能调用接口`, en: 'the web console may not call the API' },
      why: {
        zh: '浏览器只允许 API_CORS_ORIGINS 中的来源调用',
        en: 'a browser calls it only from origins that API_CORS_ORIGINS names',
      },
      click: missing,
    },
  ]
}
