package policy

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var (
	database = pod("data", "database", "10.244.1.2", "app=database", corev1.ContainerPort{Name: "postgres", ContainerPort: 5432})
	client   = pod("data", "client", "10.244.2.2", "app=client")
	web      = pod("shop", "web", "10.244.3.2", "app=web", corev1.ContainerPort{Name: "http", ContainerPort: 8080})
	second   = pod("shop", "second", "10.244.3.3", "app=web", corev1.ContainerPort{Name: "http", ContainerPort: 9090})
)

func cluster(policies ...*networkingv1.NetworkPolicy) Cluster {
	return Cluster{
		Policies:   policies,
		Namespaces: map[string]labels.Set{"data": {"team": "data"}, "shop": {"team": "shop"}},
		Pods:       []Pod{database, client, web, second},
	}
}

func TestIngress(t *testing.T) {
	for name, test := range map[string]struct {
		policies []*networkingv1.NetworkPolicy
		wanted   string
	}{
		"no policy":                       {nil, "free"},
		"a policy for other pods":         {only(ingress("app=client")), "free"},
		"a policy of another namespace":   {only(inNamespace("shop", ingress(""))), "free"},
		"default deny":                    {only(ingress("")), ""},
		"a rule without peers or ports":   {only(ingress("", rule(nil))), "everybody *"},
		"an empty pod selector":           {only(ingress("", rule(nil, pods("")))), "10.244.1.2,10.244.2.2 *"},
		"pods of its own namespace":       {only(ingress("", rule(nil, pods("app=client")))), "10.244.2.2 *"},
		"pods of its name elsewhere":      {only(ingress("", rule(nil, pods("app=web")))), ""},
		"an empty namespace selector":     {only(ingress("", rule(nil, namespaces("")))), "10.244.1.2,10.244.2.2,10.244.3.2,10.244.3.3 *"},
		"a namespace":                     {only(ingress("", rule(nil, namespaces("team=shop")))), "10.244.3.2,10.244.3.3 *"},
		"both together":                   {only(ingress("", rule(nil, both("team=shop", "app=client")))), ""},
		"both apart":                      {only(ingress("", rule(nil, namespaces("team=shop"), pods("app=client")))), "10.244.2.2,10.244.3.2,10.244.3.3 *"},
		"a block":                         {only(ingress("", rule(nil, block("10.200.0.1/24", "10.200.0.64/26", "10.200.0.65/32")))), "10.200.0.0/24-10.200.0.64/26 *"},
		"a block of the other family":     {only(ingress("", rule(nil, block("fd00::/8")))), ""},
		"ports that touch and overlap":    {only(ingress("", rule(ports("80", "81-90", "85-100")))), "everybody TCP 80-100"},
		"protocols":                       {only(ingress("", rule(ports("53", "UDP 53", "SCTP 53")))), "everybody SCTP 53-53 TCP 53-53 UDP 53-53"},
		"all ports of a protocol":         {only(ingress("", rule(ports("UDP")))), "everybody UDP 0-65535"},
		"a named port":                    {only(ingress("", rule(ports("postgres")))), "everybody TCP 5432-5432"},
		"a named port of none":            {only(ingress("", rule(ports("http")))), ""},
		"a named port of another protcol": {only(ingress("", rule(ports("UDP postgres")))), ""},
		"two policies":                    {[]*networkingv1.NetworkPolicy{ingress("", rule(ports("80"))), ingress("app=database", rule(nil, pods("app=client")))}, "everybody TCP 80-80; 10.244.2.2 *"},
		"a policy of egress only":         {only(egress("")), "free"},
	} {
		t.Run(name, func(t *testing.T) {
			isolation, err := cluster(test.policies...).IngressOf(database)
			compare(t, isolation, err, test.wanted)
		})
	}
}

func TestEgress(t *testing.T) {
	for name, test := range map[string]struct {
		policies []*networkingv1.NetworkPolicy
		wanted   string
	}{
		"a policy of ingress only":         {only(ingress("")), "free"},
		"default deny":                     {only(egress("")), ""},
		"a namespace":                      {only(egress("", rule(nil, namespaces("team=shop")))), "10.244.3.2,10.244.3.3 *"},
		"a named port means what each has": {only(egress("", rule(ports("http"), namespaces("team=shop")))), "10.244.3.2 TCP 8080-8080; 10.244.3.3 TCP 9090-9090"},
		"a named port in a block":          {only(egress("", rule(ports("http"), block("10.244.3.0/24", "10.244.3.3/32")))), "10.244.3.2 TCP 8080-8080"},
		"a named port of everybody":        {only(egress("", rule(ports("postgres")))), "10.244.1.2 TCP 5432-5432"},
		"a number beside a name":           {only(egress("", rule(ports("http", "443"), pods("app=client")))), "10.244.2.2 TCP 443-443"},
		"types left out, with a rule":      {only(untyped(egress("", rule(ports("53"))))), "everybody TCP 53-53"},
		"types left out, without a rule":   {only(untyped(egress(""))), "free"},
	} {
		t.Run(name, func(t *testing.T) {
			isolation, err := cluster(test.policies...).EgressOf(client)
			compare(t, isolation, err, test.wanted)
		})
	}
}

func TestAnAddressThatIsNoneIsAnErrorThatNamesThePolicy(t *testing.T) {
	_, err := cluster(ingress("", rule(nil, block("10.200.0.0/33")))).IngressOf(database)
	if err == nil || !strings.HasPrefix(err.Error(), "NetworkPolicy data/policy: ipBlock.cidr: ") {
		t.Errorf("got %v", err)
	}
}

func TestOnlySidecarsAmongInitContainersServe(t *testing.T) {
	always := corev1.ContainerRestartPolicyAlways
	declared := PodAt(&corev1.Pod{Spec: corev1.PodSpec{
		InitContainers: []corev1.Container{
			{Ports: []corev1.ContainerPort{{Name: "init"}}},
			{Ports: []corev1.ContainerPort{{Name: "sidecar"}}, RestartPolicy: &always},
		},
		Containers: []corev1.Container{{Ports: []corev1.ContainerPort{{Name: "main"}}}},
	}}, netip.Addr{}).Ports
	names := []string{declared[0].Name, declared[1].Name}
	if len(declared) != 2 || !slices.Equal(names, []string{"sidecar", "main"}) {
		t.Errorf("got %v", declared)
	}
}

func compare(t *testing.T, isolation Isolation, err error, wanted string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if got := described(isolation); got != wanted {
		t.Errorf("got  %q\nwant %q", got, wanted)
	}
}

func described(isolation Isolation) string {
	if !isolation.Isolated {
		return "free"
	}
	var rules []string
	for _, rule := range isolation.Rules {
		var peers []string
		if rule.Peers.Everybody {
			peers = append(peers, "everybody")
		}
		for _, address := range rule.Peers.Pods {
			peers = append(peers, address.String())
		}
		for _, block := range rule.Peers.Blocks {
			text := block.CIDR.String()
			for _, hole := range block.Except {
				text += "-" + hole.String()
			}
			peers = append(peers, text)
		}
		text := strings.Join(peers, ",")
		if rule.Ports.All {
			text += " *"
		}
		for _, ports := range rule.Ports.Ranges {
			text += fmt.Sprintf(" %s %d-%d", ports.Protocol, ports.First, ports.Last)
		}
		rules = append(rules, text)
	}
	return strings.Join(rules, "; ")
}

func pod(namespace, name, address, label string, ports ...corev1.ContainerPort) Pod {
	return Pod{
		Namespace: namespace, Name: name, Labels: labelsOf(label),
		Address: netip.MustParseAddr(address), Ports: ports,
	}
}

// A rule of either direction.
type anyRule struct {
	peers []networkingv1.NetworkPolicyPeer
	ports []networkingv1.NetworkPolicyPort
}

func rule(ports []networkingv1.NetworkPolicyPort, peers ...networkingv1.NetworkPolicyPeer) anyRule {
	return anyRule{peers, ports}
}

func ingress(selector string, rules ...anyRule) *networkingv1.NetworkPolicy {
	policy := empty(selector, networkingv1.PolicyTypeIngress)
	for _, rule := range rules {
		policy.Spec.Ingress = append(policy.Spec.Ingress, networkingv1.NetworkPolicyIngressRule{From: rule.peers, Ports: rule.ports})
	}
	return policy
}

func egress(selector string, rules ...anyRule) *networkingv1.NetworkPolicy {
	policy := empty(selector, networkingv1.PolicyTypeEgress)
	for _, rule := range rules {
		policy.Spec.Egress = append(policy.Spec.Egress, networkingv1.NetworkPolicyEgressRule{To: rule.peers, Ports: rule.ports})
	}
	return policy
}

func empty(selector string, direction networkingv1.PolicyType) *networkingv1.NetworkPolicy {
	return &networkingv1.NetworkPolicy{
		ObjectMeta: metav1.ObjectMeta{Namespace: "data", Name: "policy"},
		Spec: networkingv1.NetworkPolicySpec{
			PodSelector: *selectorFor(selector),
			PolicyTypes: []networkingv1.PolicyType{direction},
		},
	}
}

func untyped(policy *networkingv1.NetworkPolicy) *networkingv1.NetworkPolicy {
	policy.Spec.PolicyTypes = nil
	return policy
}

func inNamespace(namespace string, policy *networkingv1.NetworkPolicy) *networkingv1.NetworkPolicy {
	policy.Namespace = namespace
	return policy
}

func only(policy *networkingv1.NetworkPolicy) []*networkingv1.NetworkPolicy {
	return []*networkingv1.NetworkPolicy{policy}
}

func pods(selector string) networkingv1.NetworkPolicyPeer {
	return networkingv1.NetworkPolicyPeer{PodSelector: selectorFor(selector)}
}

func namespaces(selector string) networkingv1.NetworkPolicyPeer {
	return networkingv1.NetworkPolicyPeer{NamespaceSelector: selectorFor(selector)}
}

func both(ofNamespaces, ofPods string) networkingv1.NetworkPolicyPeer {
	return networkingv1.NetworkPolicyPeer{NamespaceSelector: selectorFor(ofNamespaces), PodSelector: selectorFor(ofPods)}
}

func block(cidr string, except ...string) networkingv1.NetworkPolicyPeer {
	return networkingv1.NetworkPolicyPeer{IPBlock: &networkingv1.IPBlock{CIDR: cidr, Except: except}}
}

// ports reads "80", "80-90", "http", "UDP", "UDP 53".
func ports(texts ...string) []networkingv1.NetworkPolicyPort {
	var found []networkingv1.NetworkPolicyPort
	for _, text := range texts {
		var port networkingv1.NetworkPolicyPort
		for _, word := range strings.Fields(text) {
			var first, last int32
			if count, _ := fmt.Sscanf(word, "%d-%d", &first, &last); count > 0 {
				port.Port = new(intstr.FromInt32(first))
				if count == 2 {
					port.EndPort = &last
				}
			} else if word == strings.ToUpper(word) {
				port.Protocol = new(corev1.Protocol(word))
			} else {
				port.Port = new(intstr.FromString(word))
			}
		}
		found = append(found, port)
	}
	return found
}

func selectorFor(label string) *metav1.LabelSelector {
	return &metav1.LabelSelector{MatchLabels: labelsOf(label)}
}

func labelsOf(label string) labels.Set {
	key, value, ok := strings.Cut(label, "=")
	if !ok {
		return nil
	}
	return labels.Set{key: value}
}
