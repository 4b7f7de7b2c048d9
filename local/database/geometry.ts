import * as v from 'valibot'

/* Shapes in GeoJSON on a sphere, as MongoDB takes them: lines are arcs of great circles, a polygon is the smaller side of its ring. */

/** The radius by which the engine turns angles into metres. */
export const EARTH_METRES = 6_378_100

/** From the centre of the earth, of length 1. */
type Vector = readonly [x: number, y: number, z: number]
type Line = readonly Vector[]
/** An outer ring and its holes; rings are closed. */
type Polygon = readonly Line[]

export interface Shape {
  readonly points: readonly Vector[]
  readonly lines: readonly Line[]
  readonly polygons: readonly Polygon[]
}

/** Nearer than this, in radians, is the same place: less than a millimetre. */
const SAME = 1e-10

const toVector = (longitude: number, latitude: number): Vector => {
  const [theta, phi] = [(Math.PI / 180) * longitude, (Math.PI / 180) * latitude]
  return [Math.cos(theta) * Math.cos(phi), Math.sin(theta) * Math.cos(phi), Math.sin(phi)]
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
const length = (a: Vector): number => Math.sqrt(dot(a, a))

/** In radians. */
const angle = (a: Vector, b: Vector): number => Math.atan2(length(cross(a, b)), dot(a, b))

const within = (bound: number) => v.pipe(v.number(), v.minValue(-bound), v.maxValue(bound))
const positionSchema = v.pipe(
  v.looseTuple([within(180), within(90)]),
  v.transform(([longitude, latitude]) => toVector(longitude, latitude)),
)
const lineSchema = v.pipe(v.array(positionSchema), v.minLength(2))
const ringSchema = v.pipe(
  v.array(positionSchema),
  v.minLength(4),
  v.check(([first, ...others]) => {
    const last = others.at(-1)
    return first !== undefined && last !== undefined && angle(first, last) < SAME
  }),
)
const polygonSchema = v.pipe(v.array(ringSchema), v.minLength(1))

const shapeOf = (shape: Partial<Shape>): Shape => ({ points: [], lines: [], polygons: [], ...shape })

const shapeSchema = v.union([
  v.pipe(
    v.object({ type: v.literal('Point'), coordinates: positionSchema }),
    v.transform(({ coordinates }) => shapeOf({ points: [coordinates] })),
  ),
  v.pipe(
    v.object({ type: v.literal('MultiPoint'), coordinates: v.array(positionSchema) }),
    v.transform(({ coordinates }) => shapeOf({ points: coordinates })),
  ),
  v.pipe(
    v.object({ type: v.literal('LineString'), coordinates: lineSchema }),
    v.transform(({ coordinates }) => shapeOf({ lines: [coordinates] })),
  ),
  v.pipe(
    v.object({ type: v.literal('MultiLineString'), coordinates: v.array(lineSchema) }),
    v.transform(({ coordinates }) => shapeOf({ lines: coordinates })),
  ),
  v.pipe(
    v.object({ type: v.literal('Polygon'), coordinates: polygonSchema }),
    v.transform(({ coordinates }) => shapeOf({ polygons: [coordinates] })),
  ),
  v.pipe(
    v.object({ type: v.literal('MultiPolygon'), coordinates: v.array(polygonSchema) }),
    v.transform(({ coordinates }) => shapeOf({ polygons: coordinates })),
  ),
  // As it was before GeoJSON.
  v.pipe(
    positionSchema,
    v.transform((at) => shapeOf({ points: [at] })),
  ),
])

/** Undefined for what is no shape, or lies outside of the earth. */
export function readShape(value: unknown): Shape | undefined {
  const { success, output } = v.safeParse(shapeSchema, value)
  return success ? output : undefined
}

/** In radians: between the nearest parts of the two; 0 if they meet. */
export function distanceBetween(a: Shape, b: Shape): number {
  if (intersect(a, b)) return 0
  const arcsOfB = arcsOf(b)
  const arcsOfA = arcsOf(a)
  return Math.min(
    ...a.points.flatMap((at) => b.points.map((other) => angle(at, other))),
    ...verticesOf(a).flatMap((at) => arcsOfB.map((arc) => distanceToArc(at, arc))),
    ...verticesOf(b).flatMap((at) => arcsOfA.map((arc) => distanceToArc(at, arc))),
  )
}

export function intersect(a: Shape, b: Shape): boolean {
  if (verticesOf(a).some((at) => covers(b, at)) || verticesOf(b).some((at) => covers(a, at))) return true
  const arcs = arcsOf(b)
  return arcsOf(a).some((one) => arcs.some((other) => doCross(one, other)))
}

/** Whether all of `inner` lies in the polygons of `outer`. */
export function isWithin(inner: Shape, outer: Shape): boolean {
  const area = shapeOf({ polygons: outer.polygons })
  const borders = arcsOf(area)
  return (
    verticesOf(inner).every((at) => covers(area, at)) &&
    !arcsOf(inner).some((arc) => borders.some((border) => doCross(arc, border))) &&
    !area.polygons.some(([, ...holes]) => holes.flat().some((at) => covers(inner, at)))
  )
}

/** @param radius in radians */
export const isWithinCircle = (inner: Shape, centre: Shape, radius: number): boolean =>
  verticesOf(inner).every((at) => centre.points.every((middle) => angle(at, middle) <= radius))

type Arc = readonly [from: Vector, to: Vector]

const verticesOf = ({ points, lines, polygons }: Shape): Vector[] => [...points, ...lines.flat(), ...polygons.flat(2)]

const arcsOf = ({ lines, polygons }: Shape): Arc[] => [...lines, ...polygons.flat()].flatMap(arcsAlong)

const arcsAlong = (vectors: Line): Arc[] =>
  vectors.flatMap((to, index): Arc[] => {
    const from = vectors[index - 1]
    return from === undefined ? [] : [[from, to]]
  })

function covers({ points, lines, polygons }: Shape, at: Vector): boolean {
  return (
    points.some((point) => angle(point, at) < SAME) ||
    lines.some((vectors) => isOn(vectors, at)) ||
    polygons.some(
      ([outer = [], ...holes]) =>
        isOn(outer, at) || (isInside(outer, at) && !holes.some((hole) => isInside(hole, at) && !isOn(hole, at))),
    )
  )
}

const isOn = (vectors: Line, at: Vector): boolean => arcsAlong(vectors).some((arc) => distanceToArc(at, arc) < SAME)

/** A ring goes once around each place within it, and around the places opposite to them. */
function isInside(ring: Line, at: Vector): boolean {
  const middle = ring
    .slice(1)
    .reduce<Vector>(([x, y, z], other) => [x + other[0], y + other[1], z + other[2]], [0, 0, 0])
  if (dot(middle, at) <= 0) return false
  const turns = arcsAlong(ring).map(([from, to]) => turn(at, from, to))
  return Math.abs(turns.reduce((sum, each) => sum + each, 0)) > Math.PI
}

/** By how much the view from `at` turns while it follows the arc. */
function turn(at: Vector, from: Vector, to: Vector): number {
  const [left, right] = [cross(at, from), cross(at, to)]
  return Math.atan2(dot(at, cross(left, right)), dot(left, right))
}

function distanceToArc(at: Vector, [from, to]: Arc): number {
  const normal = cross(from, to)
  const size = length(normal)
  const besideArc = size > SAME && dot(cross(normal, from), at) >= 0 && dot(cross(to, normal), at) >= 0
  return besideArc ? Math.asin(Math.min(1, Math.abs(dot(normal, at)) / size)) : Math.min(angle(at, from), angle(at, to))
}

/** Whether the two arcs have a place in common that is no end of them. */
function doCross([a, b]: Arc, [c, d]: Arc): boolean {
  const [first, second] = [cross(a, b), cross(c, d)]
  const sides = [dot(first, c), dot(first, d), dot(second, a), dot(second, b)]
  if (sides.some((side) => Math.abs(side) < SAME)) return false
  const [ofC = 0, ofD = 0, ofA = 0, ofB = 0] = sides.map(Math.sign)
  // The great circles meet in two opposite places: it must be the same one for both arcs.
  return ofC !== ofD && ofA !== ofB && ofC === ofB
}
