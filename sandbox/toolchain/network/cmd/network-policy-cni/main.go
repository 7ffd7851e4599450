// Command network-policy-cni is the last plugin in a node's CNI chain. It tells the
// node's agent of a pod's address and waits for the pod's rules, so that they are
// there before its first container.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strings"

	"ha-postgres/sandbox/network/attachment"
)

type config struct {
	CNIVersion string          `json:"cniVersion"`
	Socket     string          `json:"socket"`
	PrevResult json.RawMessage `json:"prevResult"`
}

// tryAgainLater is the code of the CNI specification for what passes.
const tryAgainLater = 11

func main() {
	input, err := io.ReadAll(os.Stdin)
	var config config
	if err == nil {
		err = json.Unmarshal(input, &config)
	}
	if err == nil {
		err = run(os.Getenv("CNI_COMMAND"), config)
	}
	if err != nil {
		answer(map[string]any{"cniVersion": config.CNIVersion, "code": tryAgainLater, "msg": err.Error()})
		os.Exit(1)
	}
}

func run(command string, config config) error {
	container := os.Getenv("CNI_CONTAINERID")
	switch command {
	case "ADD":
		address, err := addressIn(config.PrevResult)
		if err != nil {
			return err
		}
		pod := argumentsOf(os.Getenv("CNI_ARGS"))
		err = attachment.Send(config.Socket, attachment.AddPath, attachment.Request{
			Container: container,
			Namespace: pod["K8S_POD_NAMESPACE"],
			Name:      pod["K8S_POD_NAME"],
			UID:       pod["K8S_POD_UID"],
			Address:   address.String(),
		})
		if err != nil {
			return err
		}
		answer(config.PrevResult)
	case "DEL":
		// A pod must be able to end whether the agent runs or not; one that is started later learns of those
		// that are there from the API server.
		_ = attachment.Send(config.Socket, attachment.RemovePath, attachment.Request{Container: container})
	case "CHECK":
	case "VERSION":
		answer(map[string]any{
			"cniVersion":        "1.0.0",
			"supportedVersions": []string{"0.3.0", "0.3.1", "0.4.0", "1.0.0"},
		})
	default:
		return fmt.Errorf("CNI_COMMAND = %q is none that is known", command)
	}
	return nil
}

// addressIn finds the IPv4 address that the plugins before gave.
func addressIn(prevResult json.RawMessage) (netip.Addr, error) {
	var result struct {
		IPs []struct {
			Address string `json:"address"`
		} `json:"ips"`
	}
	if err := json.Unmarshal(prevResult, &result); err != nil {
		return netip.Addr{}, fmt.Errorf("prevResult: %w", err)
	}
	for _, ip := range result.IPs {
		if prefix, err := netip.ParsePrefix(ip.Address); err == nil && prefix.Addr().Is4() {
			return prefix.Addr(), nil
		}
	}
	return netip.Addr{}, errors.New("prevResult has no IPv4 address")
}

// argumentsOf reads K8S_POD_NAMESPACE=a;K8S_POD_NAME=b.
func argumentsOf(text string) map[string]string {
	arguments := map[string]string{}
	for _, pair := range strings.Split(text, ";") {
		if key, value, ok := strings.Cut(pair, "="); ok {
			arguments[key] = value
		}
	}
	return arguments
}

func answer(value any) {
	_ = json.NewEncoder(os.Stdout).Encode(value)
}
