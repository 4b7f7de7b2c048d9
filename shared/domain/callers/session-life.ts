/** A person who signed in at the console stays so long. */
export const SESSION_HOURS = 12
