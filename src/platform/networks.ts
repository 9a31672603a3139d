import { BlockList, isIP } from 'node:net';

/**
 * Networks nobody has in the public Internet, by IANA's two registries of special-purpose addresses (RFC 6890) and what was added
 * to them. Addresses of documentation, benchmarks and multicast count as well: no service of somebody else's is there.
 */

const special4: readonly (readonly [net: string, bits: number, why: string])[] = [
  ['0.0.0.0', 8, 'RFC 1122, 3.2.1.3: this network'],
  ['10.0.0.0', 8, 'RFC 1918: private'],
  ['100.64.0.0', 10, 'RFC 6598: between provider and customer'],
  ['127.0.0.0', 8, 'RFC 1122, 3.2.1.3: this machine'],
  ['169.254.0.0', 16, 'RFC 3927: this link; also where clouds hand out their secrets'],
  ['172.16.0.0', 12, 'RFC 1918: private'],
  ['192.0.0.0', 24, 'RFC 6890: protocol assignments'],
  ['192.0.2.0', 24, 'RFC 5737: documentation'],
  ['192.88.99.0', 24, 'RFC 7526: former 6to4 relays'],
  ['192.168.0.0', 16, 'RFC 1918: private'],
  ['198.18.0.0', 15, 'RFC 2544: benchmarks'],
  ['198.51.100.0', 24, 'RFC 5737: documentation'],
  ['203.0.113.0', 24, 'RFC 5737: documentation'],
  ['224.0.0.0', 4, 'RFC 5771: multicast'],
  ['240.0.0.0', 4, 'RFC 1112, 4: reserved, and the broadcast of RFC 919'],
];

const special6: readonly (readonly [net: string, bits: number, why: string])[] = [
  ['::', 96, 'RFC 4291, 2.5: nobody, this machine, and IPv4 in its former clothes'],
  ['64:ff9b:1::', 48, 'RFC 8215: translation within a network'],
  ['100::', 64, 'RFC 6666: thrown away'],
  ['2001::', 23, 'RFC 2928: protocol assignments, with Teredo (RFC 4380), benchmarks (RFC 5180) and ORCHID (RFC 7343)'],
  ['2001:db8::', 32, 'RFC 3849: documentation'],
  ['2002::', 16, 'RFC 3056: 6to4, which leads to any IPv4 address'],
  ['3fff::', 20, 'RFC 9637: documentation'],
  ['5f00::', 16, 'RFC 9602: segments of a network'],
  ['fc00::', 7, 'RFC 4193: private'],
  ['fe80::', 10, 'RFC 4291, 2.5.6: this link'],
  ['fec0::', 10, 'RFC 3879: this site'],
  ['ff00::', 8, 'RFC 4291, 2.7: multicast'],
];

/** An IPv4 address in these clothes is what it is: mapped (RFC 4291, 2.5.5.2) or translated (SIIT, RFC 2765, 2.1; NAT64, RFC 6052, 2.1). */
const clothes = ['::ffff:', '::ffff:0:', '64:ff9b::'];

const list = new BlockList();
for (const [net, bits] of special6) list.addSubnet(net, bits, 'ipv6');
for (const [net, bits] of special4) {
  list.addSubnet(net, bits, 'ipv4');
  for (const prefix of clothes) list.addSubnet(`${prefix}${net}`, 96 + bits, 'ipv6');
}

/** An address as a URL shows it, without the brackets. */
export const bareHost = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Whether an address is none of a machine of the public Internet; what is no address at all counts as such. */
export function isPrivate(address: string): boolean {
  const plain = bareHost(address);
  const family = isIP(plain);
  return family === 0 || list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}
