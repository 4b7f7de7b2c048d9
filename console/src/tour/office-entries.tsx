import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import { AccountEntry } from './account-entry.tsx'

const works = [
  'announcePunishment',
  'punish',
  'refuseFiling',
  'acceptFiling',
  'askForRenewal',
  'acceptName',
  'refuseName',
] as const

/** Be those who decide on names and filings, and who punish. */
export const OfficeEntries = () => {
  const texts = useTexts(tourTexts)
  return (
    <ul className="tour-list">
      {works.map((work) => {
        const isName = work === 'acceptName' || work === 'refuseName'
        return (
          <AccountEntry
            key={work}
            action={work}
            title={texts[work]}
            what={texts[`${work}What`]}
            lookWords={isName ? texts.nameLook : texts.officeLook}
            lookAt={(appid) => (isName ? `/merchants/${appid}` : '/overview')}
            offers={({ can }) => can.includes(work)}
          />
        )
      })}
    </ul>
  )
}
