// Command network-policy-agent enforces the NetworkPolicies of a cluster on one
// node. It runs in the node's network namespace.
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

	"sigs.k8s.io/knftables"

	"ha-postgres/sandbox/network/agent"
	"ha-postgres/sandbox/network/kube"
	"ha-postgres/sandbox/network/ruleset"
)

// Without it, packets between two pods of a node pass over its bridge unseen.
const bridgeSwitch = "/proc/sys/net/bridge/bridge-nf-call-iptables"

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server")
	node := flag.String("node", "", "the name of this node")
	podSubnet := flag.String("pod-subnet", "", "the addresses of this node's pods, such as 10.244.1.0/24")
	readiness := flag.String("readiness-address", "", "where to answer /readyz, such as 10.200.0.11:10258")
	socket := flag.String("socket", "", "where the CNI plugin tells of pods")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, *kubeconfig, *node, *podSubnet, *readiness, *socket); err != nil {
		slog.Error("the agent ends", "error", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, kubeconfig, node, podSubnet, readiness, socket string) error {
	subnet, err := netip.ParsePrefix(podSubnet)
	if err != nil {
		return fmt.Errorf("--pod-subnet: %w", err)
	}
	if err := os.WriteFile(bridgeSwitch, []byte("1"), 0); err != nil {
		return fmt.Errorf("bridged packets cannot be filtered: %w", err)
	}
	client, err := kube.NewClient(kubeconfig)
	if err != nil {
		return err
	}
	nft, err := knftables.New(knftables.IPv4Family, ruleset.TableName)
	if err != nil {
		return err
	}
	enforcer := agent.NewEnforcer(node, subnet, nft, client)
	server := &agent.Server{Enforcer: enforcer, Core: client.Core}
	ended := make(chan error, 3)
	go func() { ended <- server.ServeReadiness(ctx, readiness) }()
	go func() { ended <- server.ServeAttachments(ctx, socket) }()
	go func() { ended <- enforcer.Run(ctx) }()
	return <-ended
}
