/** A small part of WeChat's tree of service categories. */
export const CATEGORY_TREE = [
  {
    id: 287,
    name: '工具',
    children: [
      { id: 619, name: '办公', needsDocuments: false },
      { id: 288, name: '记账', needsDocuments: false },
    ],
  },
  {
    id: 304,
    name: '商家自营',
    children: [
      { id: 308, name: '食品饮料', needsDocuments: true },
      { id: 310, name: '服装/鞋/箱包', needsDocuments: false },
    ],
  },
  { id: 150, name: '餐饮服务', children: [{ id: 612, name: '点餐平台', needsDocuments: true }] },
  {
    id: 372,
    name: '社交',
    children: [
      { id: 374, name: '社区/论坛', needsDocuments: true },
      { id: 1487, name: '笔记', needsDocuments: false },
    ],
  },
] as const

interface KnownCategory {
  readonly names: { readonly firstName: string; readonly secondName: string }
  readonly needsDocuments: boolean
}

export const findCategory = (first: number, second: number): KnownCategory | undefined => {
  const parent = CATEGORY_TREE.find(({ id }) => id === first)
  const child = parent?.children.find(({ id }) => id === second)
  if (parent === undefined || child === undefined) return undefined
  return { names: { firstName: parent.name, secondName: child.name }, needsDocuments: child.needsDocuments }
}
