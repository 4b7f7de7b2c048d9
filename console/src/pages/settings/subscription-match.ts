import type { DataOf } from '../../api/call.ts'
import { useTexts } from '../../text/language.ts'
import { subscriptionTexts } from '../../text/subscriptions.ts'

export type Subscription = DataOf<'subscriptions.list'>['items'][number]
export type Match = Subscription['match']

/** What most want, by the pattern of the type. */
const patterns = {
  everything: undefined,
  releases: 'release.*',
  bindings: 'binding.*',
  rollouts: 'rollout.*',
  problems: 'problem.*',
  pushes: 'wechat.*',
} as const

export type MatchChoice = keyof typeof patterns | 'custom'

export const matchChoices: readonly MatchChoice[] = [
  'everything',
  'releases',
  'bindings',
  'rollouts',
  'problems',
  'pushes',
  'custom',
]

export const choiceOf = (type: string | undefined): MatchChoice =>
  matchChoices.find((choice) => choice !== 'custom' && patterns[choice] === type) ?? 'custom'

export const patternOf = (choice: MatchChoice, custom: string): string | undefined =>
  choice === 'custom' ? custom.trim() || undefined : patterns[choice]

/** What a subscription gets, in a line. */
export const useMatchWords = (): ((match: Match) => string) => {
  const texts = useTexts(subscriptionTexts)
  return ({ type, infoType, event, appid }) => {
    const choice = choiceOf(type)
    return [
      choice === 'everything' ? texts.all : choice === 'custom' ? type : texts[choice],
      infoType && `InfoType ${infoType}`,
      event && `Event ${event}`,
      appid && texts.onlyMerchant(appid),
    ]
      .filter(Boolean)
      .join(' · ')
  }
}
