// Package ruleset puts the isolation of a node's pods into the kernel, as one
// table of nftables that is replaced as a whole.
package ruleset

import (
	"context"
	"fmt"
	"net/netip"

	"ha-postgres/sandbox/network/policy"

	"sigs.k8s.io/knftables"
)

// TableName is the table's, of the family ip.
const TableName = "network-policy"

// Names within the table.
const (
	forwardChain = "forward"
	podSet       = "pods"
	selfSet      = "self"
	egressMap    = "egress"
	ingressMap   = "ingress"
)

// Pod is a pod of this node and what it may do.
type Pod struct {
	policy.Pod
	Ingress policy.Isolation
	Egress  policy.Isolation
}

// Node is all that the kernel of a node has to know.
type Node struct {
	// PodSubnet holds the addresses of the node's own pods.
	PodSubnet netip.Prefix
	Pods      []Pod
}

// Replace puts the rules for a node in the place of those before. No packet meets
// half of them: the kernel takes the transaction as a whole or not at all.
func Replace(ctx context.Context, nft knftables.Interface, node Node) error {
	tx := nft.NewTransaction()
	write(tx, node)
	return nft.Run(ctx, tx)
}

func write(tx *knftables.Transaction, node Node) {
	// Deleting what is not there would fail the transaction.
	tx.Add(&knftables.Table{})
	tx.Delete(&knftables.Table{})
	tx.Add(&knftables.Table{})
	tx.Add(&knftables.Set{Name: podSet, Type: "ipv4_addr"})
	tx.Add(&knftables.Set{Name: selfSet, Type: "ipv4_addr . ipv4_addr"})
	tx.Add(&knftables.Map{Name: egressMap, Type: "ipv4_addr : verdict"})
	tx.Add(&knftables.Map{Name: ingressMap, Type: "ipv4_addr : verdict"})
	for _, pod := range node.Pods {
		address := pod.Address.String()
		tx.Add(&knftables.Element{Set: podSet, Key: []string{address}})
		tx.Add(&knftables.Element{Set: selfSet, Key: []string{address, address}})
		writeDirection(tx, egressMap, "daddr", pod.Pod, pod.Egress)
		writeDirection(tx, ingressMap, "saddr", pod.Pod, pod.Ingress)
	}
	writeForward(tx, node.PodSubnet)
}

// All that a node forwards is judged here, be it routed or bridged from pod to pod,
// after a service's address was replaced by an endpoint's and before the source is
// replaced by the node's. What the node itself sends to its pods or gets from them,
// probes for example, is not forwarded: Kubernetes allows it always.
func writeForward(tx *knftables.Transaction, podSubnet netip.Prefix) {
	tx.Add(&knftables.Chain{
		Name:     forwardChain,
		Type:     knftables.PtrTo(knftables.FilterType),
		Hook:     knftables.PtrTo(knftables.ForwardHook),
		Priority: knftables.PtrTo(knftables.FilterPriority),
	})
	rules := []string{
		// Answers belong to a connection that is judged in its own direction, at each packet: one that is not
		// allowed any more ends.
		"ct direction reply accept",
		"ct state related accept",
		// Through a service, a pod may be its own client.
		"ip saddr . ip daddr @" + selfSet + " accept",
		// A pod that is not known yet is not known to be free either.
		fmt.Sprintf("ip saddr %s ip saddr != @%s drop", podSubnet, podSet),
		fmt.Sprintf("ip daddr %s ip daddr != @%s drop", podSubnet, podSet),
		// A pod's chain returns what it allows, so that both ends have their say.
		"ip saddr vmap @" + egressMap,
		"ip daddr vmap @" + ingressMap,
	}
	for _, rule := range rules {
		tx.Add(&knftables.Rule{Chain: forwardChain, Rule: rule})
	}
}
