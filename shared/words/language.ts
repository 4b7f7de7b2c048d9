export const languages = ['zh', 'en'] as const

export type Language = (typeof languages)[number]

/** A text that is told to people. */
export type Told = Readonly<Record<Language, string>>
