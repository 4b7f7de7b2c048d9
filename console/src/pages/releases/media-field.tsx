import { type ChangeEvent, useId, useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import CloseIcon from 'tdesign-icons-react/esm/components/close.js'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { useTexts } from '../../text/language.ts'
import { submitTexts } from '../../text/releases.ts'
import { shrinkPicture } from './shrink-picture.ts'

export interface Media {
  readonly mediaId: string
  readonly name: string
  readonly source: string
}

interface MediaFieldProps {
  readonly appid: string
  readonly media: readonly Media[]
  readonly onChange: (media: readonly Media[]) => void
}

/** Pictures for the reviewer, uploaded as soon as they are chosen. */
export const MediaField = ({ appid, media, onChange }: MediaFieldProps) => {
  const texts = useTexts(submitTexts)
  const upload = useAction('releases.uploadMedia', { refresh: false })
  const [wrong, setWrong] = useState<string>()
  const id = useId()

  const take = async (files: readonly File[]): Promise<void> => {
    setWrong(undefined)
    let all = media
    for (const file of files) {
      const base64 = await shrinkPicture(file)
      if (base64 === undefined) {
        setWrong(file.name)
        continue
      }
      const done = await upload.run({ appid, base64 })
      if (!done) return
      all = [...all, { mediaId: done.mediaid, name: file.name, source: `data:image/jpeg;base64,${base64}` }]
      onChange(all)
    }
  }
  return (
    <div className="field">
      <span className="field-name">{texts.media}</span>
      <input
        id={id}
        type="file"
        className="unseen"
        accept="image/png,image/jpeg,image/gif"
        multiple
        aria-describedby={`${id}-words`}
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          void take(files)
        }}
      />
      <label htmlFor={id} className="file-button">
        <AddIcon aria-hidden />
        {texts.addMedia}
      </label>
      <p id={`${id}-words`} className="fine">
        {texts.mediaHint}
      </p>
      {upload.busy && <ProgressBar value={undefined} label={texts.uploading} />}
      {wrong !== undefined && (
        <p className="field-error" role="alert">
          {texts.mediaWrong(wrong)}
        </p>
      )}
      <ErrorNotice problem={upload.problem} />
      {media.length > 0 && (
        <ul className="media-list">
          {media.map(({ mediaId, name, source }) => (
            <li key={mediaId}>
              <img src={source} alt={name} />
              <Button
                size="small"
                shape="square"
                variant="outline"
                icon={<CloseIcon aria-hidden />}
                aria-label={texts.removeMedia(name)}
                onClick={() => onChange(media.filter((one) => one.mediaId !== mediaId))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
