// Package loadbalancer gives Services of the type LoadBalancer addresses of a
// network that the machine of the cluster reaches.
package loadbalancer

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	corev1 "k8s.io/api/core/v1"
)

// Class is what a Service may name to mean these addresses; one that names no class
// means them too, and one that names another is somebody else's.
const Class = "ha-postgres/sandbox"

// Assignment is what a Service's status should say.
type Assignment struct {
	Service *corev1.Service
	// Address is not valid where the Service has none.
	Address netip.Addr
	// Problem is why it has none although it wants one.
	Problem string
}

// Changes tells whether the Service's status says something else now.
func (a Assignment) Changes() bool {
	return !slices.Equal(statusAddresses(a.Service), valid(a.Address))
}

// Assign decides on all Services that are ours at once. An address that was given
// stays, and whoever came first has the first choice of the others.
func Assign(services []*corev1.Service, network netip.Prefix) []Assignment {
	inOrder := slices.SortedFunc(slices.Values(services), func(a, b *corev1.Service) int {
		return cmp.Or(
			a.CreationTimestamp.Compare(b.CreationTimestamp.Time),
			cmp.Compare(a.Namespace+"/"+a.Name, b.Namespace+"/"+b.Name),
		)
	})
	owners := map[netip.Addr]*corev1.Service{}
	for _, service := range inOrder {
		if address, ok := kept(service, network); ok && wants(service) && owners[address] == nil {
			owners[address] = service
		}
	}
	var assignments []Assignment
	for _, service := range inOrder {
		if !wants(service) {
			if isOurs(service, network) {
				assignments = append(assignments, Assignment{Service: service})
			}
			continue
		}
		assignment := Assignment{Service: service}
		if address, ok := kept(service, network); ok && owners[address] == service {
			assignment.Address = address
		} else if address, err := choose(service, network, owners); err != nil {
			assignment.Problem = err.Error()
		} else {
			owners[address] = service
			assignment.Address = address
		}
		assignments = append(assignments, assignment)
	}
	return assignments
}

// wants tells whether a Service is to have an address of ours. One that is being
// deleted has had it.
func wants(service *corev1.Service) bool {
	class := service.Spec.LoadBalancerClass
	return service.Spec.Type == corev1.ServiceTypeLoadBalancer &&
		(class == nil || *class == Class) && service.DeletionTimestamp == nil
}

// isOurs tells whether a Service that wants no address of ours any more has one.
func isOurs(service *corev1.Service, network netip.Prefix) bool {
	return slices.ContainsFunc(statusAddresses(service), network.Contains)
}

// kept is the address that a Service has and may keep.
func kept(service *corev1.Service, network netip.Prefix) (netip.Addr, bool) {
	had := statusAddresses(service)
	if len(had) != 1 || !isUsable(had[0], network) {
		return netip.Addr{}, false
	}
	wanted := service.Spec.LoadBalancerIP
	return had[0], wanted == "" || wanted == had[0].String()
}

func choose(service *corev1.Service, network netip.Prefix, owners map[netip.Addr]*corev1.Service) (netip.Addr, error) {
	if text := service.Spec.LoadBalancerIP; text != "" {
		wanted, err := netip.ParseAddr(text)
		if err != nil || !isUsable(wanted, network) {
			return netip.Addr{}, fmt.Errorf("spec.loadBalancerIP = %s must be an address of %s other than its first and last", text, network)
		}
		if owner := owners[wanted]; owner != nil {
			return netip.Addr{}, fmt.Errorf("spec.loadBalancerIP = %s is the address of %s/%s", text, owner.Namespace, owner.Name)
		}
		return wanted, nil
	}
	for address := network.Addr().Next(); isUsable(address, network); address = address.Next() {
		if owners[address] == nil {
			return address, nil
		}
	}
	return netip.Addr{}, fmt.Errorf("all addresses of %s are taken: delete a Service of the type LoadBalancer", network)
}

// isUsable excepts the network's own address and the one for all of it.
func isUsable(address netip.Addr, network netip.Prefix) bool {
	return network.Contains(address) && address != network.Addr() && network.Contains(address.Next())
}

func statusAddresses(service *corev1.Service) []netip.Addr {
	var addresses []netip.Addr
	for _, ingress := range service.Status.LoadBalancer.Ingress {
		if address, err := netip.ParseAddr(ingress.IP); err == nil {
			addresses = append(addresses, address)
		}
	}
	return addresses
}

func valid(address netip.Addr) []netip.Addr {
	if !address.IsValid() {
		return nil
	}
	return []netip.Addr{address}
}
