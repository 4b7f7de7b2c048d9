/** Reference 6.1 and 6.3: committing code and reading what was committed. */
import * as v from 'valibot'
import { SECOND, after, toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { liveOf } from '../merchants.ts'
import type { CodeVersion, Merchant } from '../merchants.ts'
import { drawQrCode } from '../qr-code.ts'
import { nowOf } from '../state.ts'
import type { WechatState } from '../state.ts'
import { applyExtJson } from './ext-json.ts'
import { BinaryReply, nothing, numeric, ok, withAuthorizerToken } from './operation.ts'

const CODE = [18]
const DESCRIPTION_NEEDED = 'user_desc: missing'

/** The trial version, or 86001. */
const trialOf = (merchant: Merchant): CodeVersion => merchant.trial ?? refuse(86001)

export const refuseWhileScanning = (state: WechatState, trial: CodeVersion): void =>
  refuseUnless(nowOf(state) >= trial.scanEndsAt, 61039)

export const undeclaredApis = ({ code, requiredPrivateInfos }: CodeVersion): string[] =>
  code.privateApis.filter((name) => !requiredPrivateInfos.includes(name))

export const ungrantedApis = (merchant: Merchant, { code }: CodeVersion): string[] =>
  code.privateApis.filter((name) => merchant.privacyInterfaces.get(name)?.status !== 5)

export const codeOperations = [
  withAuthorizerToken(
    'POST',
    '/wxa/commit',
    CODE,
    v.object({
      template_id: numeric,
      ext_json: v.string(),
      user_version: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
      user_desc: v.string(DESCRIPTION_NEEDED),
    }),
    (state, input, { merchant, now }) => {
      const template = state.templates.find(({ templateId }) => templateId === input.template_id)
      if (template === undefined) return refuse(85014)
      refuseUnless(template.code.flaw !== 'broken', 85043)
      refuseUnless(template.code.flaw !== 'tooLarge', 85044)
      merchant.trial = {
        version: input.user_version,
        description: input.user_desc,
        templateId: template.templateId,
        extJson: input.ext_json,
        committedAt: now,
        scanEndsAt: after(now, state.settings.codeScanSeconds * SECOND),
        code: template.code,
        ...applyExtJson(state, merchant, template, input.ext_json),
      }
      return ok()
    },
  ),

  withAuthorizerToken(
    'GET',
    '/wxa/get_qrcode',
    [18, 86],
    v.object({ path: v.optional(v.string()) }),
    (_state, input, { merchant }) => {
      trialOf(merchant)
      return new BinaryReply(
        'image/jpeg',
        drawQrCode(`https://mp.weixin.qq.com/a/trial/${merchant.appid}?path=${input.path ?? ''}`),
      )
    },
  ),

  withAuthorizerToken('GET', '/wxa/get_page', CODE, nothing, (_state, _input, { merchant }) =>
    ok({ page_list: trialOf(merchant).pages }),
  ),

  withAuthorizerToken('GET', '/wxa/get_category', CODE, nothing, (_state, _input, { merchant }) =>
    ok({
      category_list: merchant.categories
        .filter(({ status }) => status === 3)
        .map(({ first, firstName, second, secondName }) => ({
          first_id: first,
          first_class: firstName,
          second_id: second,
          second_class: secondName,
        })),
    }),
  ),

  withAuthorizerToken('GET', '/wxa/security/get_code_privacy_info', CODE, nothing, (state, _input, { merchant }) => {
    const trial = trialOf(merchant)
    refuseWhileScanning(state, trial)
    return ok({ without_auth_list: ungrantedApis(merchant, trial), without_conf_list: undeclaredApis(trial) })
  }),

  withAuthorizerToken('POST', '/wxa/getversioninfo', CODE, nothing, (_state, _input, { merchant }) => {
    const { trial } = merchant
    const live = liveOf(merchant)
    return ok({
      ...(trial === undefined
        ? {}
        : {
            exp_info: {
              exp_time: toUnixSeconds(trial.committedAt),
              exp_version: trial.version,
              exp_desc: trial.description,
            },
          }),
      ...(live === undefined
        ? {}
        : {
            release_info: {
              release_time: toUnixSeconds(live.releasedAt),
              release_version: live.version.version,
              release_desc: live.version.description,
            },
          }),
    })
  }),
]
