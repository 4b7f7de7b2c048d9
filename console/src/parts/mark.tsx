import type { ReactNode } from 'react'
import { Tag } from 'tdesign-react/es/tag'
import type { Tone } from '../text/states.ts'
import './mark.css'

/** A word on a coloured ground. The word says it all; the colour only helps. */
export const Mark = ({ tone = 'dull', children }: { readonly tone?: Tone; readonly children: ReactNode }) => (
  <Tag variant="light" className={`mark ${tone}`}>
    {children}
  </Tag>
)
