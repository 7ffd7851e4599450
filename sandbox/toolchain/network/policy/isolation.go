package policy

import (
	"cmp"
	"fmt"
	"slices"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Isolation is what a pod may do in one direction. A pod that no policy selects
// for a direction may do everything; one that is selected, only what some rule of
// some policy allows.
type Isolation struct {
	Isolated bool
	Rules    []Rule
}

// Rule allows the connections with any of its peers at any of its ports.
type Rule struct {
	Peers Peers
	Ports Ports
}

// IngressOf is who may connect to a pod.
func (c Cluster) IngressOf(pod Pod) (Isolation, error) {
	return c.isolationOf(pod, networkingv1.PolicyTypeIngress, func(policy *networkingv1.NetworkPolicy) ([]Rule, error) {
		var rules []Rule
		for _, rule := range policy.Spec.Ingress {
			peers, err := c.peers(policy.Namespace, rule.From)
			if err != nil {
				return nil, err
			}
			rules = appendRule(rules, peers, portsOfTarget(rule.Ports, pod))
		}
		return rules, nil
	})
}

// EgressOf is to whom a pod may connect.
func (c Cluster) EgressOf(pod Pod) (Isolation, error) {
	return c.isolationOf(pod, networkingv1.PolicyTypeEgress, func(policy *networkingv1.NetworkPolicy) ([]Rule, error) {
		var rules []Rule
		for _, rule := range policy.Spec.Egress {
			peers, err := c.peers(policy.Namespace, rule.To)
			if err != nil {
				return nil, err
			}
			rules = appendRule(rules, peers, numberedPorts(rule.Ports))
			// What a name means is up to each target.
			for _, target := range c.Pods {
				if named := namedPorts(rule.Ports, target); len(named) > 0 && peers.include(target.Address) {
					rules = appendRule(rules, Peers{Pods: addresses(target)}, Ports{Ranges: named})
				}
			}
		}
		return rules, nil
	})
}

func (c Cluster) isolationOf(
	pod Pod,
	direction networkingv1.PolicyType,
	rulesOf func(*networkingv1.NetworkPolicy) ([]Rule, error),
) (Isolation, error) {
	var isolation Isolation
	for _, policy := range sorted(c.Policies) {
		if policy.Namespace != pod.Namespace || !slices.Contains(typesOf(policy), direction) {
			continue
		}
		selector, err := metav1.LabelSelectorAsSelector(&policy.Spec.PodSelector)
		if err == nil && !selector.Matches(pod.Labels) {
			continue
		}
		var rules []Rule
		if err == nil {
			rules, err = rulesOf(policy)
		}
		if err != nil {
			return Isolation{}, fmt.Errorf("NetworkPolicy %s/%s: %w", policy.Namespace, policy.Name, err)
		}
		isolation.Isolated = true
		isolation.Rules = append(isolation.Rules, rules...)
	}
	return isolation, nil
}

// A rule whose peers or ports turned out to be none allows nothing, which is not
// the same as a rule that names none of them and allows all.
func appendRule(rules []Rule, peers Peers, ports Ports) []Rule {
	if peers.isNobody() || ports.isNone() {
		return rules
	}
	return append(rules, Rule{Peers: peers, Ports: ports})
}

// The API server fills in the types of a policy that names none by the same rule.
func typesOf(policy *networkingv1.NetworkPolicy) []networkingv1.PolicyType {
	if len(policy.Spec.PolicyTypes) > 0 {
		return policy.Spec.PolicyTypes
	}
	types := []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
	if len(policy.Spec.Egress) > 0 {
		types = append(types, networkingv1.PolicyTypeEgress)
	}
	return types
}

// In an order of their own, so that equal clusters give equal rules.
func sorted(policies []*networkingv1.NetworkPolicy) []*networkingv1.NetworkPolicy {
	return slices.SortedFunc(slices.Values(policies), func(a, b *networkingv1.NetworkPolicy) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
	})
}
