import { authorizations } from './authorizing.ts'
import { otherHands } from './other-hands.ts'
import { membershipRollout, openingRollout } from './rollouts.ts'
import type { Chapter } from './seeding.ts'
import { settingUp } from './setting-up.ts'
import { troubles } from './troubles.ts'
import { singleVersions } from './versions.ts'

/** What happened before the visitor came, all of it through the platform's own operations. */
export const chapters: readonly Chapter[] = [
  settingUp,
  authorizations,
  openingRollout,
  singleVersions,
  otherHands,
  troubles,
  membershipRollout,
]
