package policy

import (
	"fmt"
	"net/netip"
	"slices"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// Peers are the other ends that a rule allows.
type Peers struct {
	Everybody bool
	// Pods are the addresses of the pods that are selected now, in order.
	Pods   []netip.Addr
	Blocks []Block
}

// Block is a range of addresses with holes. The holes neither overlap nor touch
// anything outside of the range.
type Block struct {
	CIDR   netip.Prefix
	Except []netip.Prefix
}

func (p Peers) isNobody() bool {
	return !p.Everybody && len(p.Pods) == 0 && len(p.Blocks) == 0
}

func (p Peers) include(address netip.Addr) bool {
	return p.Everybody || slices.Contains(p.Pods, address) || slices.ContainsFunc(p.Blocks, func(block Block) bool {
		return block.CIDR.Contains(address) && !slices.ContainsFunc(block.Except, func(hole netip.Prefix) bool {
			return hole.Contains(address)
		})
	})
}

// peers are what a rule's `from` or `to` means in the namespace of its policy. A
// list without an entry is everybody.
func (c Cluster) peers(namespace string, wanted []networkingv1.NetworkPolicyPeer) (Peers, error) {
	peers := Peers{Everybody: len(wanted) == 0}
	var pods []Pod
	for _, peer := range wanted {
		if peer.IPBlock != nil {
			block, err := blockOf(peer.IPBlock)
			if err != nil {
				return Peers{}, err
			}
			// Pods and nodes have IPv4 addresses only: no other ever matches.
			if block.CIDR.Addr().Is4() {
				peers.Blocks = append(peers.Blocks, block)
			}
			continue
		}
		selected, err := c.selectedPods(namespace, peer)
		if err != nil {
			return Peers{}, err
		}
		pods = append(pods, selected...)
	}
	peers.Pods = addresses(pods...)
	return peers, nil
}

func (c Cluster) selectedPods(namespace string, peer networkingv1.NetworkPolicyPeer) ([]Pod, error) {
	ofPods, err := selectorOf(peer.PodSelector, labels.Everything())
	if err != nil {
		return nil, err
	}
	ofNamespaces, err := selectorOf(peer.NamespaceSelector, nil)
	if err != nil {
		return nil, err
	}
	var selected []Pod
	for _, pod := range c.Pods {
		inNamespace := pod.Namespace == namespace
		if ofNamespaces != nil {
			labelsOfNamespace, exists := c.Namespaces[pod.Namespace]
			inNamespace = exists && ofNamespaces.Matches(labelsOfNamespace)
		}
		if inNamespace && ofPods.Matches(pod.Labels) {
			selected = append(selected, pod)
		}
	}
	return selected, nil
}

func selectorOf(wanted *metav1.LabelSelector, without labels.Selector) (labels.Selector, error) {
	if wanted == nil {
		return without, nil
	}
	return metav1.LabelSelectorAsSelector(wanted)
}

func blockOf(wanted *networkingv1.IPBlock) (Block, error) {
	cidr, err := netip.ParsePrefix(wanted.CIDR)
	if err != nil {
		return Block{}, fmt.Errorf("ipBlock.cidr: %w", err)
	}
	block := Block{CIDR: cidr.Masked()}
	for _, text := range wanted.Except {
		hole, err := netip.ParsePrefix(text)
		if err != nil {
			return Block{}, fmt.Errorf("ipBlock.except: %w", err)
		}
		block.Except = append(block.Except, hole.Masked())
	}
	block.Except = widest(block.Except)
	return block, nil
}

// Two prefixes are either apart or one inside the other; the inner ones say nothing.
func widest(prefixes []netip.Prefix) []netip.Prefix {
	byWidth := slices.SortedFunc(slices.Values(prefixes), func(a, b netip.Prefix) int {
		return a.Bits() - b.Bits()
	})
	var kept []netip.Prefix
	for _, prefix := range byWidth {
		if !slices.ContainsFunc(kept, prefix.Overlaps) {
			kept = append(kept, prefix)
		}
	}
	return kept
}

func addresses(pods ...Pod) []netip.Addr {
	var found []netip.Addr
	for _, pod := range pods {
		found = append(found, pod.Address)
	}
	slices.SortFunc(found, netip.Addr.Compare)
	return slices.Compact(found)
}
