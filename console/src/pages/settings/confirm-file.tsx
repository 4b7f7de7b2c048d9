import { CopyButton } from '../../parts/copy-button.tsx'
import { useTexts } from '../../text/language.ts'
import { platformDomainTexts } from '../../text/platform-domains.ts'

interface ConfirmFileProps {
  readonly file: { readonly file_name: string; readonly file_content: string }
}

/** The file with which a domain proves that it belongs to the platform. */
export const ConfirmFile = ({ file: { file_name: name, file_content: content } }: ConfirmFileProps) => {
  const texts = useTexts(platformDomainTexts)
  return (
    <div className="confirm-file">
      <div>
        <h3>{texts.file}</h3>
        <p className="soft">{texts.fileAbout(name)}</p>
      </div>
      <div className="columns">
        <div>
          <p className="fine">{texts.fileName}</p>
          <div className="copy-line">
            <code>{name}</code>
            <CopyButton value={name} label={texts.copyName} />
          </div>
        </div>
        <div>
          <p className="fine">{texts.fileContent}</p>
          <div className="copy-line">
            <code>{content}</code>
            <CopyButton value={content} label={texts.copyContent} />
          </div>
        </div>
      </div>
      <p>
        <a href={`data:text/plain;charset=utf-8,${encodeURIComponent(content)}`} download={name}>
          {texts.download}
        </a>
      </p>
    </div>
  )
}
