import { type ReactNode, useId } from 'react'
import './panel.css'
import './facts.css'

interface PanelProps {
  readonly title?: ReactNode
  /** Behind the title, smaller. */
  readonly note?: ReactNode
  /** At the right of the title. */
  readonly actions?: ReactNode
  /** The content reaches the edges, as tables do. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** A white card with a heading of its own. */
export const Panel = ({ title, note, actions, flush = false, children }: PanelProps) => {
  const id = useId()
  return (
    <section className={flush ? 'panel flush' : 'panel'} {...(title === undefined ? {} : { 'aria-labelledby': id })}>
      {title !== undefined && (
        <div className="panel-head">
          <h2 id={id}>
            {title}
            {note !== undefined && <span className="panel-note">{note}</span>}
          </h2>
          {actions !== undefined && <div className="row">{actions}</div>}
        </div>
      )}
      <div className="panel-body">{children}</div>
    </section>
  )
}

/** Names with their values. Values of `undefined` are left out. */
export const Facts = ({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className="facts">
    {facts.map(([name, value]) =>
      value === undefined ? null : (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ),
    )}
  </dl>
)
