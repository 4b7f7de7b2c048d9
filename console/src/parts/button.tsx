import { Button as TdesignButton, type ButtonProps } from 'tdesign-react/es/button'
import type { ActionState } from '../api/use-action.ts'
import { useTexts } from '../text/language.ts'
import { roleTexts } from '../text/roles.ts'

interface Props extends Omit<ButtonProps, 'action'> {
  /** What it sets off: off where that takes another role, with the reason as its title. */
  readonly action?: Pick<ActionState, 'needs'> | undefined
}

/** TDesign's button; disabled it stays a button, which TDesign's would not. */
export const Button = ({ action, ...props }: Props) => {
  const texts = useTexts(roleTexts)
  const needs = action?.needs
  return <TdesignButton tag="button" {...props} {...(needs && { disabled: true, title: texts.needs(texts[needs]) })} />
}
