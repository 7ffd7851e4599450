// Package policy decides what the NetworkPolicies of a cluster allow a pod. It
// knows no kernel and no API server: objects go in, and out comes who may connect
// to whom.
package policy

import (
	"net/netip"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// Pod is a pod as policies see it: what they select it by and where it is.
type Pod struct {
	Namespace string
	Name      string
	Labels    labels.Set
	Address   netip.Addr
	Ports     []corev1.ContainerPort
}

// Cluster is all that a pod's isolation depends on.
type Cluster struct {
	Policies []*networkingv1.NetworkPolicy
	// Namespaces are the labels of each, by its name.
	Namespaces map[string]labels.Set
	// Pods are those that a peer can mean.
	Pods []Pod
}

// PodAt is a Kubernetes pod at an address.
func PodAt(pod *corev1.Pod, address netip.Addr) Pod {
	return Pod{
		Namespace: pod.Namespace,
		Name:      pod.Name,
		Labels:    pod.Labels,
		Address:   address,
		Ports:     declaredPorts(pod),
	}
}

func declaredPorts(pod *corev1.Pod) []corev1.ContainerPort {
	var ports []corev1.ContainerPort
	for _, container := range pod.Spec.InitContainers {
		// Only those that run on beside the pod's containers serve anything.
		if container.RestartPolicy != nil && *container.RestartPolicy == corev1.ContainerRestartPolicyAlways {
			ports = append(ports, container.Ports...)
		}
	}
	for _, container := range pod.Spec.Containers {
		ports = append(ports, container.Ports...)
	}
	return ports
}
