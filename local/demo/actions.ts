import * as v from 'valibot'

/** What a button asks for: an operation of the platform. */
export interface Wish {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

/** A field that cannot be sent as it stands. */
export class FieldProblem extends Error {
  override readonly name = 'FieldProblem'

  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message)
  }
}

/** Forms send text only. */
export const formSchema = v.record(v.string(), v.string())
export type Form = v.InferOutput<typeof formSchema>

const text = (form: Form, name: string): string => (form[name] ?? '').trim()

const number = (form: Form, name: string): number => {
  const value = text(form, name)
  if (!/^\d+$/.test(value)) throw new FieldProblem(name, '请选择一项 · Choose one')
  return Number(value)
}

const json = (form: Form, name: string): unknown => {
  try {
    return JSON.parse(text(form, name))
  } catch {
    throw new FieldProblem(name, '不是合法的 JSON · Not valid JSON')
  }
}

const ofAccount =
  (operation: string) =>
  (form: Form): Wish => ({ operation, input: { appid: text(form, 'appid') } })

/** The buttons of the page: name → the operation they stand for. `returnUrl` is the business's page after authorization. */
export const demoActions = (returnUrl: string): ReadonlyMap<string, (form: Form) => Wish> =>
  new Map([
    [
      'invite',
      (form: Form): Wish => ({
        operation: 'bindings.createLink',
        input: {
          businessId: text(form, 'businessId'),
          returnUrl,
          attributes: { shopName: text(form, 'shopName') },
        },
      }),
    ],
    [
      'promote',
      (form: Form): Wish => ({ operation: 'templates.promote', input: { draftId: number(form, 'draftId') } }),
    ],
    [
      'commit',
      (form: Form): Wish => ({
        operation: 'releases.commit',
        input: {
          appid: text(form, 'appid'),
          templateId: number(form, 'templateId'),
          version: text(form, 'version'),
          description: text(form, 'description'),
          ext: json(form, 'ext'),
          extVars: { theme: text(form, 'theme') },
        },
      }),
    ],
    ['preview', ofAccount('releases.preview')],
    ['submit', ofAccount('releases.submit')],
    ['release', ofAccount('releases.release')],
    [
      'rollback',
      (form: Form): Wish => ({
        operation: 'releases.rollback',
        input: { appid: text(form, 'appid'), appVersion: number(form, 'appVersion') },
      }),
    ],
  ])
