package loadbalancer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"os/exec"
)

// Machine is the routing table of this machine, as far as single addresses of a
// network go.
type Machine struct {
	Network netip.Prefix
}

// Routes are the single addresses that have a route of their own, with its gateway.
func (m Machine) Routes(ctx context.Context) (map[netip.Addr]netip.Addr, error) {
	output, err := ip(ctx, "-json", "route", "show", "root", m.Network.String())
	if err != nil {
		return nil, err
	}
	var lines []struct {
		Destination string     `json:"dst"`
		Gateway     netip.Addr `json:"gateway"`
	}
	if err := json.Unmarshal(output, &lines); err != nil {
		return nil, fmt.Errorf("ip route: %w", err)
	}
	routes := map[netip.Addr]netip.Addr{}
	for _, line := range lines {
		// The route of the whole network ends in its length, and is not ours.
		if address, err := netip.ParseAddr(line.Destination); err == nil {
			routes[address] = line.Gateway
		}
	}
	return routes, nil
}

// Change makes the routes of now, `present`, those that are wanted.
func (m Machine) Change(ctx context.Context, present, wanted map[netip.Addr]netip.Addr) error {
	var failures []error
	for address := range maps.Keys(present) {
		if _, ok := wanted[address]; !ok {
			_, err := ip(ctx, "route", "delete", address.String())
			failures = append(failures, err)
		}
	}
	for address, gateway := range wanted {
		if present[address] != gateway {
			_, err := ip(ctx, "route", "replace", address.String(), "via", gateway.String())
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

func ip(ctx context.Context, args ...string) ([]byte, error) {
	output, err := exec.CommandContext(ctx, "ip", args...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("ip %v: %w: %s", args, err, exit.Stderr)
	}
	return output, err
}
