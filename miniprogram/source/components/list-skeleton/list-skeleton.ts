/** What a list looks like while it is on its way. */
Component({ data: { blocks: [1, 2, 3, 4] } })
