interface VersionCellProps {
  readonly version: string
  readonly description: string
}

export const VersionCell = ({ version, description }: VersionCellProps) => (
  <>
    <strong>{version}</strong>
    {description !== '' && <div className="fine">{description}</div>}
  </>
)
