package agent

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/tools/cache"
	"sigs.k8s.io/knftables"

	"ha-postgres/sandbox/network/ruleset"
)

// A kernel that refuses some transactions.
type moody struct {
	*knftables.Fake
	refusals atomic.Int32
	runs     atomic.Int32
}

func (m *moody) Run(ctx context.Context, tx *knftables.Transaction) error {
	m.runs.Add(1)
	if m.refusals.Add(-1) >= 0 {
		return errors.New("no space left on device")
	}
	return m.Fake.Run(ctx, tx)
}

func TestWhatFailsIsTriedAgainAndReadyOnlyThen(t *testing.T) {
	enforcer, nft, _ := running(t, 2)
	if err := enforcer.Ready(); err == nil {
		t.Error("ready before anything was applied")
	}
	eventually(t, func() bool { return enforcer.Ready() == nil })
	if runs := nft.runs.Load(); runs != 3 {
		t.Errorf("%d transactions", runs)
	}
	if !strings.Contains(nft.Dump(), "ingress-10.244.1.2 drop") {
		t.Error(nft.Dump())
	}
}

func TestAChangeIsAppliedAndWhatChangesNothingIsNot(t *testing.T) {
	enforcer, nft, policies := running(t, 0)
	eventually(t, func() bool { return enforcer.Ready() == nil })
	before := nft.runs.Load()
	unrelated := denyAll()
	unrelated.Namespace = "elsewhere"
	policies.Add(unrelated)
	policies.Delete(denyAll())
	eventually(t, func() bool { return !strings.Contains(nft.Dump(), "ingress-10.244.1.2") })
	if runs := nft.runs.Load() - before; runs != 1 {
		t.Errorf("%d transactions", runs)
	}
}

func TestAPodThatIsAttachedHasItsRulesAtOnce(t *testing.T) {
	enforcer, nft, _ := running(t, 0)
	eventually(t, func() bool { return enforcer.Ready() == nil })
	if err := enforcer.Attach(t.Context(), attach("c1", pod("new", "node1", ""), "10.244.1.3")); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(nft.Dump(), "ingress-10.244.1.3 drop") {
		t.Error(nft.Dump())
	}
	enforcer.Detach("c1")
	eventually(t, func() bool { return !strings.Contains(nft.Dump(), "10.244.1.3") })
}

// running is an enforcer with one pod at 10.244.1.2, whom a policy isolates.
func running(t *testing.T, refusals int32) (*Enforcer, *moody, *watch.FakeWatcher) {
	nft := &moody{Fake: knftables.NewFake(knftables.IPv4Family, ruleset.TableName)}
	nft.refusals.Store(refusals)
	pods, _ := informer(&corev1.Pod{}, &corev1.PodList{Items: []corev1.Pod{*pod("one", "node1", "10.244.1.2")}})
	namespaces, _ := informer(&corev1.Namespace{}, &corev1.NamespaceList{})
	policies, watched := informer(&networkingv1.NetworkPolicy{},
		&networkingv1.NetworkPolicyList{Items: []networkingv1.NetworkPolicy{*denyAll()}})
	enforcer := &Enforcer{
		node: "node1", podSubnet: netip.MustParsePrefix("10.244.1.0/24"), nft: nft,
		pods: pods, namespaces: namespaces, policies: policies, changed: make(chan struct{}, 1),
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- enforcer.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return enforcer, nft, watched
}

func informer(kind, list runtime.Object) (cache.SharedIndexInformer, *watch.FakeWatcher) {
	watched := watch.NewFake()
	source := &cache.ListWatch{
		ListFunc:  func(metav1.ListOptions) (runtime.Object, error) { return list, nil },
		WatchFunc: func(metav1.ListOptions) (watch.Interface, error) { return watched, nil },
	}
	return cache.NewSharedIndexInformer(cache.ToListWatcherWithWatchListSemantics(source, noWatchList{}), kind, 0, cache.Indexers{}), watched
}

// noWatchList says that lists come as lists.
type noWatchList struct{}

func (noWatchList) IsWatchListSemanticsUnSupported() bool { return true }

func denyAll() *networkingv1.NetworkPolicy {
	return &networkingv1.NetworkPolicy{
		ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: "deny"},
		Spec:       networkingv1.NetworkPolicySpec{PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}},
	}
}

func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it never came to that")
		}
	}
}
