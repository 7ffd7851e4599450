package loadbalancer

import (
	"maps"
	"net/netip"
	"slices"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
)

// Routes are the nodes that the addresses of Services have to be reached through,
// by address. Any node forwards what a Service spreads over the cluster, and the
// route of the whole network does for that; one with `externalTrafficPolicy: Local`
// is served by nodes that run an endpoint only. `present` are the routes of now,
// which stay where they serve as well as another.
func Routes(
	assignments []Assignment,
	endpointSlices []*discoveryv1.EndpointSlice,
	nodes []*corev1.Node,
	present map[netip.Addr]netip.Addr,
) map[netip.Addr]netip.Addr {
	addressOf := nodeAddresses(nodes)
	routes := map[netip.Addr]netip.Addr{}
	for _, assignment := range assignments {
		service := assignment.Service
		if !assignment.Address.IsValid() || service.Spec.ExternalTrafficPolicy != corev1.ServiceExternalTrafficPolicyLocal {
			continue
		}
		candidates := map[netip.Addr]bool{}
		for _, slice := range endpointSlices {
			if slice.Namespace != service.Namespace || slice.Labels[discoveryv1.LabelServiceName] != service.Name {
				continue
			}
			for _, endpoint := range slice.Endpoints {
				if endpoint.NodeName == nil || (endpoint.Conditions.Ready != nil && !*endpoint.Conditions.Ready) {
					continue
				}
				if address, ok := addressOf[*endpoint.NodeName]; ok {
					candidates[address] = true
				}
			}
		}
		if candidates[present[assignment.Address]] {
			routes[assignment.Address] = present[assignment.Address]
		} else if inOrder := slices.SortedFunc(maps.Keys(candidates), netip.Addr.Compare); len(inOrder) > 0 {
			routes[assignment.Address] = inOrder[0]
		}
	}
	return routes
}

func nodeAddresses(nodes []*corev1.Node) map[string]netip.Addr {
	addresses := map[string]netip.Addr{}
	for _, node := range nodes {
		for _, entry := range node.Status.Addresses {
			address, err := netip.ParseAddr(entry.Address)
			if entry.Type == corev1.NodeInternalIP && err == nil && address.Is4() {
				addresses[node.Name] = address
			}
		}
	}
	return addresses
}
