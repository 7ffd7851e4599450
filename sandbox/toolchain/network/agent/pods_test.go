package agent

import (
	"net/netip"
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"ha-postgres/sandbox/network/policy"
)

func TestAPodThatIsAttachedIsKnownBeforeItReportsAnAddress(t *testing.T) {
	starting := pod("starting", "node1", "")
	var attachments Attachments
	attachments.Add(attach("c1", starting, "10.244.1.2"))
	all, local := attachments.Pods("node1", []*corev1.Pod{starting})
	expect(t, all, "starting 10.244.1.2")
	expect(t, local, "starting 10.244.1.2")
}

func TestAPodThatIsDeletedByForceIsIsolatedUntilItHasEnded(t *testing.T) {
	var attachments Attachments
	attachments.Add(attach("c1", pod("forced", "node1", "10.244.1.2"), "10.244.1.2"))
	all, local := attachments.Pods("node1", nil)
	expect(t, all)
	expect(t, local, "forced 10.244.1.2")
	attachments.Remove("c1")
	_, local = attachments.Pods("node1", nil)
	expect(t, local)
}

func TestAnAddressThatIsGivenAgainIsItsNewPods(t *testing.T) {
	before := pod("before", "node1", "10.244.1.2")
	after := pod("after", "node1", "")
	var attachments Attachments
	attachments.Add(attach("c1", before, "10.244.1.2"))
	attachments.Add(attach("c2", after, "10.244.1.2"))
	all, local := attachments.Pods("node1", []*corev1.Pod{before, after})
	expect(t, all, "after 10.244.1.2")
	expect(t, local, "after 10.244.1.2")
}

func TestAPodWhoseSandboxIsMadeAnewHasItsNewAddress(t *testing.T) {
	reporting := pod("restarted", "node1", "10.244.1.9")
	var attachments Attachments
	attachments.Add(attach("c2", reporting, "10.244.1.3"))
	all, _ := attachments.Pods("node1", []*corev1.Pod{reporting})
	expect(t, all, "restarted 10.244.1.3")
}

func TestLabelsOfAnAttachedPodAreThoseOfNow(t *testing.T) {
	var attachments Attachments
	attachments.Add(attach("c1", pod("relabelled", "node1", ""), "10.244.1.2"))
	relabelled := pod("relabelled", "node1", "")
	relabelled.Labels = map[string]string{"role": "primary"}
	for _, known := range [][]*corev1.Pod{{relabelled}, nil} {
		_, local := attachments.Pods("node1", known)
		if len(local) != 1 || local[0].Labels["role"] != "primary" {
			t.Errorf("got %v", local)
		}
	}
}

func TestPodsOfTheNodeItselfAndThoseThatHaveEndedHaveNoAddressOfTheirOwn(t *testing.T) {
	onHost := pod("on-host", "node1", "10.200.0.11")
	onHost.Spec.HostNetwork = true
	ended := pod("ended", "node1", "10.244.1.2")
	ended.Status.Phase = corev1.PodSucceeded
	elsewhere := pod("elsewhere", "node2", "10.244.2.2")
	var attachments Attachments
	all, local := attachments.Pods("node1", []*corev1.Pod{onHost, ended, elsewhere})
	expect(t, all, "elsewhere 10.244.2.2")
	expect(t, local)
}

func TestTwoPodsThatReportOneAddressAreOne(t *testing.T) {
	var attachments Attachments
	_, local := attachments.Pods("node1", []*corev1.Pod{
		pod("one", "node1", "10.244.1.2"), pod("other", "node1", "10.244.1.2"),
	})
	expect(t, local, "one 10.244.1.2")
}

func expect(t *testing.T, pods []policy.Pod, wanted ...string) {
	t.Helper()
	var got []string
	for _, pod := range pods {
		got = append(got, pod.Name+" "+pod.Address.String())
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("got %q, want %q", got, wanted)
	}
}

func attach(container string, pod *corev1.Pod, address string) Attachment {
	return Attachment{Container: container, Pod: pod, Address: netip.MustParseAddr(address)}
}

func pod(name, node, address string) *corev1.Pod {
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: name, UID: types.UID(name)},
		Spec:       corev1.PodSpec{NodeName: node},
	}
	if address != "" {
		pod.Status.PodIPs = []corev1.PodIP{{IP: address}}
	}
	return pod
}
