package ruleset

import (
	"net/netip"
	"testing"

	"sigs.k8s.io/knftables"

	"ha-postgres/sandbox/network/policy"
)

func TestReplaceWritesTheWholeTable(t *testing.T) {
	nft := knftables.NewFake(knftables.IPv4Family, TableName)
	node := Node{
		PodSubnet: netip.MustParsePrefix("10.244.1.0/24"),
		Pods: []Pod{
			{Pod: policy.Pod{Namespace: "data", Name: "free", Address: netip.MustParseAddr("10.244.1.2")}},
			{
				Pod: policy.Pod{Namespace: "data", Name: "database", Address: netip.MustParseAddr("10.244.1.3")},
				Ingress: policy.Isolation{Isolated: true, Rules: []policy.Rule{
					{
						Peers: policy.Peers{
							Pods: []netip.Addr{netip.MustParseAddr("10.244.2.2"), netip.MustParseAddr("10.244.2.3")},
							Blocks: []policy.Block{{
								CIDR:   netip.MustParsePrefix("10.200.0.0/24"),
								Except: []netip.Prefix{netip.MustParsePrefix("10.200.0.64/26")},
							}},
						},
						Ports: policy.Ports{Ranges: []policy.PortRange{
							{Protocol: "TCP", First: 5432, Last: 5432}, {Protocol: "UDP", First: 0, Last: 65535},
						}},
					},
					{Peers: policy.Peers{Everybody: true}, Ports: policy.Ports{All: true}},
				}},
				Egress: policy.Isolation{Isolated: true},
			},
		},
	}
	// The second time over what the first has left.
	for range 2 {
		if err := Replace(t.Context(), nft, node); err != nil {
			t.Fatal(err)
		}
	}
	if got := nft.Dump(); got != wanted {
		t.Errorf("got\n%s\nwant\n%s", got, wanted)
	}
}

const wanted = `add table ip network-policy
add chain ip network-policy egress-10.244.1.3 { comment "data/database" ; }
add chain ip network-policy forward { type filter hook forward priority 0 ; }
add chain ip network-policy ingress-10.244.1.3 { comment "data/database" ; }
add set ip network-policy pods { type ipv4_addr ; }
add set ip network-policy self { type ipv4_addr . ipv4_addr ; }
add map ip network-policy egress { type ipv4_addr : verdict ; }
add map ip network-policy ingress { type ipv4_addr : verdict ; }
add rule ip network-policy egress-10.244.1.3 drop
add rule ip network-policy forward ct direction reply accept
add rule ip network-policy forward ct state related accept
add rule ip network-policy forward ip saddr . ip daddr @self accept
add rule ip network-policy forward ip saddr 10.244.1.0/24 ip saddr != @pods drop
add rule ip network-policy forward ip daddr 10.244.1.0/24 ip daddr != @pods drop
add rule ip network-policy forward ip saddr vmap @egress
add rule ip network-policy forward ip daddr vmap @ingress
add rule ip network-policy ingress-10.244.1.3 ip saddr { 10.244.2.2, 10.244.2.3 } tcp dport 5432-5432 return
add rule ip network-policy ingress-10.244.1.3 ip saddr { 10.244.2.2, 10.244.2.3 } udp dport 0-65535 return
add rule ip network-policy ingress-10.244.1.3 ip saddr 10.200.0.0/24 ip saddr != { 10.200.0.64/26 } tcp dport 5432-5432 return
add rule ip network-policy ingress-10.244.1.3 ip saddr 10.200.0.0/24 ip saddr != { 10.200.0.64/26 } udp dport 0-65535 return
add rule ip network-policy ingress-10.244.1.3 return
add rule ip network-policy ingress-10.244.1.3 drop
add element ip network-policy pods { 10.244.1.2 }
add element ip network-policy pods { 10.244.1.3 }
add element ip network-policy self { 10.244.1.2 . 10.244.1.2 }
add element ip network-policy self { 10.244.1.3 . 10.244.1.3 }
add element ip network-policy egress { 10.244.1.3 : jump egress-10.244.1.3 }
add element ip network-policy ingress { 10.244.1.3 : jump ingress-10.244.1.3 }
`
