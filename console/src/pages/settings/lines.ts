/** What was entered one a line, without repetitions. */
export const linesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\s;,，；]+/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]
