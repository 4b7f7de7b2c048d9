import { Failure } from '../../errors.ts'
import { ExtJsonRefused, renderExtJson, type ExtJsonInput } from '../../wechat/ext-json.ts'

/** The `ext_json` of a commit. @throws INVALID_ARGUMENT with the path in the caller's input */
export function renderCopy(copy: ExtJsonInput): string {
  try {
    return renderExtJson(copy)
  } catch (error) {
    if (!(error instanceof ExtJsonRefused)) throw error
    const { reason, params, field } = error
    throw new Failure({ reason, params, field, cause: error })
  }
}
