package policy

import (
	"cmp"
	"slices"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Ports are those that a rule allows at the target of a connection.
type Ports struct {
	// All means every port of every protocol, and protocols without ports as well.
	All    bool
	Ranges []PortRange
}

// PortRange is some ports of a protocol, both ends included.
type PortRange struct {
	Protocol corev1.Protocol
	First    uint16
	Last     uint16
}

const lastPort = 65535

func (p Ports) isNone() bool {
	return !p.All && len(p.Ranges) == 0
}

// portsOfTarget are what a rule's ports mean to the pod that is connected to.
func portsOfTarget(wanted []networkingv1.NetworkPolicyPort, target Pod) Ports {
	numbered := numberedPorts(wanted)
	numbered.Ranges = merged(append(numbered.Ranges, namedPorts(wanted, target)...))
	return numbered
}

// numberedPorts are those that mean the same to every pod. A list without an entry
// is all of them.
func numberedPorts(wanted []networkingv1.NetworkPolicyPort) Ports {
	var ranges []PortRange
	for _, port := range wanted {
		switch {
		case port.Port == nil:
			ranges = append(ranges, PortRange{protocolOf(port), 0, lastPort})
		case port.Port.Type == intstr.Int:
			first := uint16(port.Port.IntVal)
			last := first
			if port.EndPort != nil {
				last = uint16(*port.EndPort)
			}
			ranges = append(ranges, PortRange{protocolOf(port), first, last})
		}
	}
	return Ports{All: len(wanted) == 0, Ranges: merged(ranges)}
}

// namedPorts are those of a rule's names that a pod's containers declare.
func namedPorts(wanted []networkingv1.NetworkPolicyPort, target Pod) []PortRange {
	var ranges []PortRange
	for _, port := range wanted {
		if port.Port == nil || port.Port.Type != intstr.String {
			continue
		}
		for _, declared := range target.Ports {
			protocol := declared.Protocol
			if protocol == "" {
				protocol = corev1.ProtocolTCP
			}
			if declared.Name == port.Port.StrVal && protocol == protocolOf(port) {
				number := uint16(declared.ContainerPort)
				ranges = append(ranges, PortRange{protocol, number, number})
			}
		}
	}
	return merged(ranges)
}

func protocolOf(port networkingv1.NetworkPolicyPort) corev1.Protocol {
	if port.Protocol == nil {
		return corev1.ProtocolTCP
	}
	return *port.Protocol
}

// merged are the same ports in ranges that are apart from each other, in order.
func merged(ranges []PortRange) []PortRange {
	inOrder := slices.SortedFunc(slices.Values(ranges), func(a, b PortRange) int {
		return cmp.Or(cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(a.First, b.First))
	})
	var apart []PortRange
	for _, next := range inOrder {
		if len(apart) > 0 {
			last := &apart[len(apart)-1]
			if last.Protocol == next.Protocol && int(next.First) <= int(last.Last)+1 {
				last.Last = max(last.Last, next.Last)
				continue
			}
		}
		apart = append(apart, next)
	}
	return apart
}
