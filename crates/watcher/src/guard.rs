//! May this address be spoken to? The guard between what a page says and the network that we stand in.
//!
//! A feed, a redirect or a name server may name any address. Only addresses of the public Internet are connected to;
//! whoever means others says so in the configuration. The question is asked of the address that is then connected to,
//! never of a name, so that a name whose answer changes gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// The addresses that may be spoken to: those of the public Internet, and these networks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guard {
    allowed: Vec<IpNet>,
}

impl Guard {
    /// A guard that lets `allowed` pass, beside the public Internet.
    pub(crate) fn new(allowed: Vec<IpNet>) -> Self {
        Self { allowed }
    }

    /// Whether `address` may be connected to.
    pub(crate) fn admits(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.allowed.iter().any(|network| network.contains(&address))
    }
}

/// Whether an address belongs to the public Internet (IANA special-purpose address registries, RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, d] = address.octets();
    !matches!(
        (a, b, c, d),
        (0 | 10 | 127 | 224..=255, ..)      // this network, private, loopback, multicast and reserved
            | (100, 64..=127, ..)           // carrier-grade NAT, with a metadata service (RFC 6598)
            | (168, 63, 129, 16)            // a metadata service at a public address
            | (169, 254, ..)                // link-local, with the usual metadata service
            | (172, 16..=31, ..)            // private
            | (192, 0, 0 | 2, _)            // protocol assignments, documentation
            | (192, 88, 99, _)              // relays of 6to4
            | (192, 168, ..)                // private
            | (198, 18 | 19, ..)            // benchmarks
            | (198, 51, 100, _)             // documentation
            | (203, 0, 113, _) // documentation
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // NAT64 leads to the IPv4 address in its tail (RFC 6052).
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
        }
        // Protocol assignments with Teredo, documentation, 6to4, documentation.
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x2002, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // Global unicast is 2000::/3. What lies outside is loopback, unique-local, link-local, multicast or reserved.
        [0x2000..=0x3fff, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(addresses: &[&str], expected: bool) {
        for text in addresses {
            let address: IpAddr = text.parse().unwrap();
            assert_eq!(Guard::default().admits(address), expected, "{text}");
        }
    }

    #[test]
    fn only_the_public_internet_passes() {
        check(&["93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450:4007::200e"], true);
        check(&["64:ff9b::101:101", "::ffff:1.1.1.1", "172.32.0.1", "100.128.0.1"], true);
        check(&["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255"], false);
        check(&["192.168.1.1", "169.254.169.254", "100.100.100.200", "168.63.129.16"], false);
        check(&["224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"], false);
        check(&["::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "fec0::1"], false);
        check(&["::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1"], false);
        check(&["2001:db8::1", "2002:7f00:1::", "2001::1", "100::1", "64:ff9b:1::1", "3fff::1"], false);
    }

    #[test]
    fn whoever_means_a_network_says_so() {
        let guard = Guard::new(vec!["127.0.0.0/8".parse().unwrap(), "fd12::/16".parse().unwrap()]);
        for passes in ["127.0.0.1", "::ffff:127.0.0.1", "fd12::1", "1.1.1.1"] {
            assert!(guard.admits(passes.parse().unwrap()), "{passes}");
        }
        for stays in ["10.0.0.1", "::1", "fd13::1"] {
            assert!(!guard.admits(stays.parse().unwrap()), "{stays}");
        }
    }

    #[test]
    fn odd_notations_are_the_addresses_that_they_mean() {
        for odd in ["0x7f.1", "2130706433", "0177.0.0.1", "127.1", "0x7f000001", "①②⑦.0.0.1", "127.0.0.1."]
        {
            let url = url::Url::parse(&format!("http://{odd}/")).unwrap();
            assert_eq!(url.host(), Some(url::Host::Ipv4(Ipv4Addr::LOCALHOST)), "{odd}");
        }
    }
}
