package ruleset

import (
	"fmt"
	"net/netip"
	"strings"

	"ha-postgres/sandbox/network/policy"

	"sigs.k8s.io/knftables"
)

// writeDirection writes the chain of a pod that is isolated in a direction. `peer`
// is the field that holds the other end's address there.
func writeDirection(tx *knftables.Transaction, direction, peer string, pod policy.Pod, isolation policy.Isolation) {
	if !isolation.Isolated {
		return
	}
	// The address and not the name: two names together may be longer than a chain's may be.
	chain := direction + "-" + pod.Address.String()
	tx.Add(&knftables.Chain{Name: chain, Comment: knftables.PtrTo(shortened(pod.Namespace + "/" + pod.Name))})
	for _, rule := range isolation.Rules {
		for _, peers := range matchesOfPeers(peer, rule.Peers) {
			for _, ports := range matchesOfPorts(rule.Ports) {
				tx.Add(&knftables.Rule{Chain: chain, Rule: knftables.Concat(peers, ports, "return")})
			}
		}
	}
	tx.Add(&knftables.Rule{Chain: chain, Rule: "drop"})
	tx.Add(&knftables.Element{
		Map:   direction,
		Key:   []string{pod.Address.String()},
		Value: []string{"jump " + chain},
	})
}

// matchesOfPeers are expressions of which any may hold; the empty one always does.
func matchesOfPeers(field string, peers policy.Peers) []string {
	if peers.Everybody {
		return []string{""}
	}
	var matches []string
	if len(peers.Pods) > 0 {
		matches = append(matches, fmt.Sprintf("ip %s { %s }", field, joined(peers.Pods)))
	}
	for _, block := range peers.Blocks {
		match := fmt.Sprintf("ip %s %s", field, block.CIDR)
		if len(block.Except) > 0 {
			match += fmt.Sprintf(" ip %s != { %s }", field, joined(block.Except))
		}
		matches = append(matches, match)
	}
	return matches
}

func matchesOfPorts(ports policy.Ports) []string {
	if ports.All {
		return []string{""}
	}
	var matches []string
	for _, ports := range ports.Ranges {
		protocol := strings.ToLower(string(ports.Protocol))
		matches = append(matches, fmt.Sprintf("%s dport %d-%d", protocol, ports.First, ports.Last))
	}
	return matches
}

func joined[T netip.Addr | netip.Prefix](values []T) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fmt.Sprint(value)
	}
	return strings.Join(texts, ", ")
}

func shortened(comment string) string {
	return comment[:min(len(comment), knftables.CommentLengthMax)]
}
