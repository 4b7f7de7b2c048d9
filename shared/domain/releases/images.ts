export interface Image {
  readonly contentType: string
  readonly base64: string
}

/** A picture inside a JSON answer. */
export const presentImage = ({ contentType, bytes }: { contentType: string; bytes: Buffer }): Image => ({
  contentType,
  base64: bytes.toString('base64'),
})
