// Package agent keeps the rules of one node in step with the cluster.
package agent

import (
	"maps"
	"net/netip"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"

	"ha-postgres/sandbox/network/policy"
)

// Attachment is a pod's sandbox that was given an address on this node.
type Attachment struct {
	Container string
	Pod       *corev1.Pod
	Address   netip.Addr
}

// Attachments are those of a node, from before the first container of a pod starts
// until its last one has ended. The API server learns an address only a while after
// that, and forgets a pod that is deleted by force while it still runs.
type Attachments struct {
	lock        sync.Mutex
	byContainer map[string]Attachment
}

// Add takes the address from whoever had it before: that one must be gone.
func (a *Attachments) Add(attachment Attachment) {
	a.lock.Lock()
	defer a.lock.Unlock()
	if a.byContainer == nil {
		a.byContainer = map[string]Attachment{}
	}
	maps.DeleteFunc(a.byContainer, func(_ string, other Attachment) bool {
		return other.Address == attachment.Address
	})
	a.byContainer[attachment.Container] = attachment
}

// Remove forgets a sandbox, if there is one of that name.
func (a *Attachments) Remove(container string) {
	a.lock.Lock()
	defer a.lock.Unlock()
	delete(a.byContainer, container)
}

// Pods are the pods of the cluster, of which `known` is what the API server has,
// and those of them that run on this node, with addresses that are true.
func (a *Attachments) Pods(node string, known []*corev1.Pod) (all, local []policy.Pod) {
	a.lock.Lock()
	defer a.lock.Unlock()
	attached := map[string]*Attachment{}
	taken := map[netip.Addr]bool{}
	for _, container := range slices.Sorted(maps.Keys(a.byContainer)) {
		attachment := a.byContainer[container]
		attached[string(attachment.Pod.UID)] = &attachment
		taken[attachment.Address] = true
	}
	for _, pod := range known {
		if pod.Spec.HostNetwork {
			continue
		}
		if attachment, ok := attached[string(pod.UID)]; ok {
			// Labels may have changed since.
			attachment.Pod = pod
			a.byContainer[attachment.Container] = *attachment
			all = append(all, policy.PodAt(pod, attachment.Address))
			continue
		}
		address, ok := reportedAddress(pod)
		if !ok {
			continue
		}
		onThisNode := pod.Spec.NodeName == node
		if onThisNode && taken[address] {
			// It had the address before the node or the pod's sandbox was started anew.
			continue
		}
		all = append(all, policy.PodAt(pod, address))
		if onThisNode {
			local = append(local, policy.PodAt(pod, address))
		}
	}
	for _, attachment := range a.byContainer {
		local = append(local, policy.PodAt(attachment.Pod, attachment.Address))
	}
	return all, inOrder(local)
}

// Two pods may report one address for a moment, when one of them has ended without
// saying so; the kernel's sets have room for one.
func inOrder(pods []policy.Pod) []policy.Pod {
	slices.SortStableFunc(pods, func(a, b policy.Pod) int { return a.Address.Compare(b.Address) })
	return slices.CompactFunc(pods, func(a, b policy.Pod) bool { return a.Address == b.Address })
}

// reportedAddress is the IPv4 address of a pod that has not ended.
func reportedAddress(pod *corev1.Pod) (netip.Addr, bool) {
	if pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed {
		return netip.Addr{}, false
	}
	for _, ip := range pod.Status.PodIPs {
		if address, err := netip.ParseAddr(ip.IP); err == nil && address.Is4() {
			return address, true
		}
	}
	return netip.Addr{}, false
}
