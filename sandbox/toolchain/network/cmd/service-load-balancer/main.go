// Command service-load-balancer gives Services of the type LoadBalancer addresses
// that this machine reaches. The nodes' kube-proxy answers at them.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"os/signal"
	"syscall"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"

	"ha-postgres/sandbox/network/kube"
	"ha-postgres/sandbox/network/loadbalancer"
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server")
	network := flag.String("network", "", "the addresses to give, such as 10.201.0.0/24")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, *kubeconfig, *network); err != nil {
		slog.Error("the controller ends", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, kubeconfig, network string) error {
	prefix, err := netip.ParsePrefix(network)
	if err != nil {
		return fmt.Errorf("--network: %w", err)
	}
	client, err := kube.NewClient(kubeconfig)
	if err != nil {
		return err
	}
	controller := &loadbalancer.Controller{
		Core:     client.Core,
		Services: kube.Informer(client.Core, "services", &corev1.Service{}),
		Slices:   kube.Informer(client.Discovery, "endpointslices", &discoveryv1.EndpointSlice{}),
		Nodes:    kube.Informer(client.Core, "nodes", &corev1.Node{}),
		Machine:  loadbalancer.Machine{Network: prefix},
	}
	return controller.Run(ctx)
}
