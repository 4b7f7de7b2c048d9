/** What was entered one a line, or apart by blanks, commas and semicolons, without repetitions. */
export const linesOf = (text: string): readonly string[] => [
  ...new Set(text.split(/[\s;,，；]+/).filter((line) => line !== '')),
]
