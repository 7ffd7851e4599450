package agent

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"reflect"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/knftables"

	"ha-postgres/sandbox/network/kube"
	"ha-postgres/sandbox/network/policy"
	"ha-postgres/sandbox/network/ruleset"
)

const (
	// Changes come in flocks: a deployment is many pods.
	settle = 50 * time.Millisecond
	// After what failed, and at first; then twice as long each time.
	firstRetry = 200 * time.Millisecond
	lastRetry  = 5 * time.Second
	// Whatever somebody else did to the table is undone by then.
	renewal = 20 * time.Second
)

// Enforcer applies what the caches tell to the kernel.
type Enforcer struct {
	node        string
	podSubnet   netip.Prefix
	nft         knftables.Interface
	pods        cache.SharedIndexInformer
	namespaces  cache.SharedIndexInformer
	policies    cache.SharedIndexInformer
	attachments Attachments

	lock    sync.Mutex
	applied *ruleset.Node
	failure error
	changed chan struct{}
}

// NewEnforcer applies nothing until it runs.
func NewEnforcer(node string, podSubnet netip.Prefix, nft knftables.Interface, client *kube.Client) *Enforcer {
	return &Enforcer{
		node:       node,
		podSubnet:  podSubnet,
		nft:        nft,
		pods:       kube.Informer(client.Core, "pods", &corev1.Pod{}),
		namespaces: kube.Informer(client.Core, "namespaces", &corev1.Namespace{}),
		policies:   kube.Informer(client.Networking, "networkpolicies", &networkingv1.NetworkPolicy{}),
		changed:    make(chan struct{}, 1),
	}
}

// ErrNotYet is why an agent is not ready whose rules are not in the kernel yet.
var ErrNotYet = errors.New("no rules were applied yet")

// Run applies every change until the context ends. The rules stay then: an agent
// that is started anew must not open the node in between.
func (e *Enforcer) Run(ctx context.Context) error {
	for _, informer := range []cache.SharedIndexInformer{e.pods, e.namespaces, e.policies} {
		if err := kube.OnChange(informer, e.changed); err != nil {
			return err
		}
		go informer.Run(ctx.Done())
	}
	if !cache.WaitForCacheSync(ctx.Done(), e.pods.HasSynced, e.namespaces.HasSynced, e.policies.HasSynced) {
		return ctx.Err()
	}
	next := e.applyAndPlan(ctx, false, 0)
	for {
		renewing := false
		select {
		case <-ctx.Done():
			return nil
		case <-e.changed:
			time.Sleep(settle)
		case <-time.After(next):
			renewing = true
		}
		next = e.applyAndPlan(ctx, renewing, next)
	}
}

// applyAndPlan returns after how long to apply again if nothing changes.
func (e *Enforcer) applyAndPlan(ctx context.Context, renewing bool, before time.Duration) time.Duration {
	err := e.apply(ctx, renewing)
	if err == nil {
		return renewal
	}
	slog.Error("the rules could not be applied and will be tried again", "error", err)
	if before == 0 || before == renewal {
		return firstRetry
	}
	return min(2*before, lastRetry)
}

// Attach brings the kernel up to date with a pod that is to start.
func (e *Enforcer) Attach(ctx context.Context, attachment Attachment) error {
	e.attachments.Add(attachment)
	err := e.apply(ctx, false)
	if err != nil {
		kube.Tell(e.changed)
	}
	return err
}

// Detach forgets a pod's sandbox.
func (e *Enforcer) Detach(container string) {
	e.attachments.Remove(container)
	kube.Tell(e.changed)
}

// Ready is nil while the kernel has what the cluster wants.
func (e *Enforcer) Ready() error {
	e.lock.Lock()
	defer e.lock.Unlock()
	if e.applied == nil && e.failure == nil {
		return ErrNotYet
	}
	return e.failure
}

func (e *Enforcer) apply(ctx context.Context, renewing bool) error {
	e.lock.Lock()
	defer e.lock.Unlock()
	e.failure = e.replace(ctx, renewing)
	return e.failure
}

func (e *Enforcer) replace(ctx context.Context, renewing bool) error {
	wanted := e.wanted()
	if !renewing && e.failure == nil && e.applied != nil && reflect.DeepEqual(*e.applied, wanted) {
		return nil
	}
	began := time.Now()
	if err := ruleset.Replace(ctx, e.nft, wanted); err != nil {
		return fmt.Errorf("nft: %w", err)
	}
	if e.applied == nil || !reflect.DeepEqual(*e.applied, wanted) {
		slog.Info("applied", "pods", len(wanted.Pods), "took", time.Since(began).String())
	}
	e.applied = &wanted
	return nil
}

func (e *Enforcer) wanted() ruleset.Node {
	all, local := e.attachments.Pods(e.node, kube.Listed[*corev1.Pod](e.pods))
	cluster := policy.Cluster{
		Policies:   kube.Listed[*networkingv1.NetworkPolicy](e.policies),
		Namespaces: map[string]labels.Set{},
		Pods:       all,
	}
	for _, namespace := range kube.Listed[*corev1.Namespace](e.namespaces) {
		cluster.Namespaces[namespace.Name] = namespace.Labels
	}
	node := ruleset.Node{PodSubnet: e.podSubnet}
	for _, pod := range local {
		ingress := isolation(cluster.IngressOf(pod))
		egress := isolation(cluster.EgressOf(pod))
		// What made the rules is not compared with what makes the next: only they are.
		known := policy.Pod{Namespace: pod.Namespace, Name: pod.Name, Address: pod.Address}
		node.Pods = append(node.Pods, ruleset.Pod{Pod: known, Ingress: ingress, Egress: egress})
	}
	return node
}

// What a policy that cannot be understood would allow is not known, so it allows
// nothing; the pods that it does not select are none the worse for it.
func isolation(isolation policy.Isolation, err error) policy.Isolation {
	if err != nil {
		slog.Error("a pod is shut off", "reason", err)
		return policy.Isolation{Isolated: true}
	}
	return isolation
}
