import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPrivate } from './networks.ts';

const networks: Readonly<Record<string, readonly string[]>> = {
  'this machine and this network': ['127.0.0.1', '127.255.255.254', '0.0.0.0', '::1', '::', '[::1]', '::127.0.0.1'],
  private: ['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1', 'fec0::1'],
  'this link': ['169.254.169.254', 'fe80::1', 'febf::1'],
  'between provider and customer': ['100.64.0.1', '100.127.255.255'],
  'protocol assignments': ['192.0.0.8', '2001::1', '2001:2::1', '2001:20::1', '192.88.99.1'],
  documentation: ['192.0.2.1', '198.51.100.7', '203.0.113.9', '2001:db8::1', '3fff::1'],
  benchmarks: ['198.18.0.1', '198.19.255.255'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1', 'ff0e::1'],
  'reserved, broadcast, thrown away': ['240.0.0.1', '255.255.255.255', '100::1', '5f00::1'],
  'IPv4, mapped': ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '0:0:0:0:0:ffff:c0a8:101'],
  'IPv4, translated': [
    '64:ff9b::7f00:1',
    '::ffff:0:7f00:1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '2002:7f00:1::',
  ],
  'no address': ['', 'localhost', '1.2.3', '127.1'],
};

for (const [what, addresses] of Object.entries(networks)) {
  test(`not of the public Internet: ${what}`, () => {
    for (const address of addresses) assert.ok(isPrivate(address), address);
  });
}

test('public addresses, also IPv4 in other clothes, and the ones next to a network that is not public', () => {
  for (const address of [
    ...[
      '8.8.8.8',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '172.15.255.255',
      '172.32.0.0',
      '223.255.255.255',
    ],
    ...['2001:4860::8888', '2001:db9::1', '2a02::1', '2003::1', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '64:ff9b::808:808'],
  ])
    assert.ok(!isPrivate(address), address);
});
