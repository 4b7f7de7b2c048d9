import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** IPv4 that is not the public internet: https://www.iana.org/assignments/iana-ipv4-special-registry */
const reserved4 = listOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Tencent's cloud uses these inside, beside the private ones.
  ['9.0.0.0', 8],
  ['11.0.0.0', 8],
  ['21.0.0.0', 8],
  ['30.0.0.0', 8],
  // Carrier-grade NAT; clouds put metadata there too.
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local, with the metadata services of most clouds.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Multicast, reserved, broadcast.
  ['224.0.0.0', 3],
])

/** All that is public lies in here; unique-local, link-local, multicast, mapped IPv4 and NAT64 do not. */
const global6 = listOf('ipv6', [['2000::', 3]])

/** Within it: Teredo and its neighbours, documentation, 6to4, each of which may lead to an IPv4 address or nowhere. */
const reserved6 = listOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
])

/** Whether a literal IP address belongs to the public internet. */
export const isPublicAddress = (address: string): boolean =>
  isIPv4(address)
    ? !reserved4.check(address, 'ipv4')
    : isIPv6(address) && global6.check(address, 'ipv6') && !reserved6.check(address, 'ipv6')

function listOf(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [net: string, prefix: number])[]): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family)
  return list
}
