package loadbalancer

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var small = netip.MustParsePrefix("10.201.0.0/30")

func TestAssign(t *testing.T) {
	for name, test := range map[string]struct {
		services []*corev1.Service
		wanted   []string
	}{
		"the oldest gets the first": {
			list(service("young", 2), service("old", 1)),
			[]string{"old 10.201.0.1", "young 10.201.0.2"},
		},
		"what was given stays": {
			list(service("old", 1), service("young", 2, has("10.201.0.1"))),
			[]string{"old 10.201.0.2", "young 10.201.0.1"},
		},
		"an address that was given twice is the older's": {
			list(service("young", 2, has("10.201.0.1")), service("old", 1, has("10.201.0.1"))),
			[]string{"old 10.201.0.1", "young 10.201.0.2"},
		},
		"an address that is none of the network's is replaced": {
			list(service("moved", 1, has("192.0.2.1"))),
			[]string{"moved 10.201.0.1"},
		},
		"a class that is ours": {list(service("ours", 1, class(Class))), []string{"ours 10.201.0.1"}},
		"another class is left alone": {
			list(service("theirs", 1, class("example.com/theirs"), has("192.0.2.1"))), nil,
		},
		"another type has none": {list(service("internal", 1, ofType(corev1.ServiceTypeClusterIP))), nil},
		"one that becomes internal gives it back": {
			list(service("internal", 1, ofType(corev1.ServiceTypeClusterIP), has("10.201.0.1")), service("next", 2)),
			[]string{"internal none", "next 10.201.0.1"},
		},
		"one that is being deleted gives it back": {
			list(service("going", 1, going, has("10.201.0.1")), service("next", 2)),
			[]string{"going none", "next 10.201.0.1"},
		},
		"one that is asked for": {
			list(service("picky", 1, asks("10.201.0.2"))), []string{"picky 10.201.0.2"},
		},
		"one that is asked for instead": {
			list(service("picky", 1, asks("10.201.0.2"), has("10.201.0.1"))), []string{"picky 10.201.0.2"},
		},
		"one that is taken": {
			list(service("first", 1), service("picky", 2, asks("10.201.0.1"))),
			[]string{"first 10.201.0.1", "picky spec.loadBalancerIP = 10.201.0.1 is the address of default/first"},
		},
		"one that is nobody's": {
			list(service("picky", 1, asks("10.201.0.3"))),
			[]string{"picky spec.loadBalancerIP = 10.201.0.3 must be an address of 10.201.0.0/30 other than its first and last"},
		},
		"no address": {
			list(service("picky", 1, asks("here"))),
			[]string{"picky spec.loadBalancerIP = here must be an address of 10.201.0.0/30 other than its first and last"},
		},
		"more than there are": {
			list(service("a", 1), service("b", 2), service("c", 3)),
			[]string{
				"a 10.201.0.1", "b 10.201.0.2",
				"c all addresses of 10.201.0.0/30 are taken: delete a Service of the type LoadBalancer",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, assignment := range Assign(test.services, small) {
				got = append(got, assignment.Service.Name+" "+described(assignment))
			}
			if !slices.Equal(got, test.wanted) {
				t.Errorf("got %q\nwant %q", got, test.wanted)
			}
		})
	}
}

func TestAStatusIsWrittenOnlyWhenItSaysSomethingElse(t *testing.T) {
	for text, test := range map[string]struct {
		service *corev1.Service
		changes bool
	}{
		"new":      {service("new", 1), true},
		"same":     {service("same", 1, has("10.201.0.1")), false},
		"released": {service("internal", 1, ofType(corev1.ServiceTypeClusterIP), has("10.201.0.1")), true},
	} {
		if got := Assign(list(test.service), small)[0].Changes(); got != test.changes {
			t.Errorf("%s: got %v", text, got)
		}
	}
}

func TestRoutes(t *testing.T) {
	local := func(service *corev1.Service) {
		service.Spec.ExternalTrafficPolicy = corev1.ServiceExternalTrafficPolicyLocal
	}
	address := netip.MustParseAddr("10.201.0.1")
	for name, test := range map[string]struct {
		service *corev1.Service
		slice   *discoveryv1.EndpointSlice
		present map[netip.Addr]netip.Addr
		wanted  map[netip.Addr]netip.Addr
	}{
		"spread over the cluster": {service("app", 1), endpoints("app", "node1"), nil, nil},
		"on one node":             {service("app", 1, local), endpoints("app", "node2"), nil, to(address, 12)},
		"on the first of two":     {service("app", 1, local), endpoints("app", "node3", "node2"), nil, to(address, 12)},
		"where it goes already":   {service("app", 1, local), endpoints("app", "node3", "node2"), to(address, 13), to(address, 13)},
		"where it cannot go":      {service("app", 1, local), endpoints("app", "node2"), to(address, 13), to(address, 12)},
		"nowhere":                 {service("app", 1, local), endpoints("app"), to(address, 13), nil},
		"another's endpoints":     {service("app", 1, local), endpoints("other", "node2"), nil, nil},
		"on a node that is gone":  {service("app", 1, local), endpoints("app", "node9"), nil, nil},
		"not ready":               {service("app", 1, local), unready(endpoints("app", "node2")), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := Routes(Assign(list(test.service), small), list(test.slice), nodes(), test.present)
			if !maps.Equal(got, test.wanted) {
				t.Errorf("got %v, want %v", got, test.wanted)
			}
		})
	}
}

func described(assignment Assignment) string {
	switch {
	case assignment.Problem != "":
		return assignment.Problem
	case assignment.Address.IsValid():
		return assignment.Address.String()
	default:
		return "none"
	}
}

func service(name string, age int, with ...func(*corev1.Service)) *corev1.Service {
	service := &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: "default", Name: name,
			CreationTimestamp: metav1.NewTime(time.Unix(int64(age), 0)),
		},
		Spec: corev1.ServiceSpec{Type: corev1.ServiceTypeLoadBalancer},
	}
	for _, change := range with {
		change(service)
	}
	return service
}

func has(address string) func(*corev1.Service) {
	return func(service *corev1.Service) {
		service.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: address}}
	}
}

func asks(address string) func(*corev1.Service) {
	return func(service *corev1.Service) { service.Spec.LoadBalancerIP = address }
}

func class(name string) func(*corev1.Service) {
	return func(service *corev1.Service) { service.Spec.LoadBalancerClass = &name }
}

func ofType(kind corev1.ServiceType) func(*corev1.Service) {
	return func(service *corev1.Service) { service.Spec.Type = kind }
}

func going(service *corev1.Service) {
	service.DeletionTimestamp = &metav1.Time{Time: time.Unix(9, 0)}
}

func endpoints(service string, nodes ...string) *discoveryv1.EndpointSlice {
	slice := &discoveryv1.EndpointSlice{ObjectMeta: metav1.ObjectMeta{
		Namespace: "default", Labels: map[string]string{discoveryv1.LabelServiceName: service},
	}}
	for _, node := range nodes {
		slice.Endpoints = append(slice.Endpoints, discoveryv1.Endpoint{NodeName: &node})
	}
	return slice
}

func unready(slice *discoveryv1.EndpointSlice) *discoveryv1.EndpointSlice {
	slice.Endpoints[0].Conditions.Ready = new(false)
	return slice
}

func nodes() []*corev1.Node {
	var nodes []*corev1.Node
	for n := 1; n <= 3; n++ {
		nodes = append(nodes, &corev1.Node{
			ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("node%d", n)},
			Status: corev1.NodeStatus{Addresses: []corev1.NodeAddress{
				{Type: corev1.NodeHostName, Address: fmt.Sprintf("node%d", n)},
				{Type: corev1.NodeInternalIP, Address: fmt.Sprintf("10.200.0.%d", 10+n)},
			}},
		})
	}
	return nodes
}

func to(address netip.Addr, host int) map[netip.Addr]netip.Addr {
	return map[netip.Addr]netip.Addr{address: netip.MustParseAddr(fmt.Sprintf("10.200.0.%d", host))}
}

func list[T any](items ...T) []T {
	return items
}
