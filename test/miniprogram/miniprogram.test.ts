/* One platform and one browser for all that is rendered. */
import { tellReleaseStories } from './release-stories.ts'
import { tellConsoleStory } from './console-story.ts'
import { tellInviteStory } from './invite-story.ts'
import { tellRolloutStory } from './rollout-story.ts'
import { testRoles } from './roles.ts'
import { testPages } from './pages.ts'
import { testRefusals } from './refusals.ts'
import { raiseCurtain } from './stage.ts'

raiseCurtain()
tellReleaseStories()
tellInviteStory()
tellRolloutStory()
tellConsoleStory()
testRoles()
testPages()
testRefusals()
