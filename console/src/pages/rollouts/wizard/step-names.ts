export const stepNames = ['template', 'merchants', 'variables', 'waves', 'check'] as const

export type StepName = (typeof stepNames)[number]

export const isStepName = (word: string): word is StepName => stepNames.some((name) => name === word)
