const APPID = /^[\w-]{2,64}$/
const PERSON = /^[\w.:@-]{1,128}$/

/* What is plainly wrong is said at the field; the rest is up to the platform. */

export const wrongAppids = (appids: readonly string[]): readonly string[] =>
  appids.filter((appid) => !APPID.test(appid))

export const isPersonId = (id: string): boolean => PERSON.test(id)

export const isWebAddress = (url: string): boolean => /^https?:\/\/[^/\s]+(?:\/\S*)?$/i.test(url) && URL.canParse(url)
