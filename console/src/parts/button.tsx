import { Button as TdesignButton, type ButtonProps } from 'tdesign-react/es/button'

/** TDesign's button; disabled it stays a button, which TDesign's would not. */
export const Button = (props: ButtonProps) => <TdesignButton tag="button" {...props} />
