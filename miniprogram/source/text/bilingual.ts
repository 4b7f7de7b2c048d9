export interface Bilingual<T> {
  readonly zh: T
  readonly en: T
}

/** Words of one subject; English must have exactly what Chinese has. */
export const bilingual = <T>(words: { readonly zh: T; readonly en: NoInfer<T> }): Bilingual<T> => words
