// Command pulumi-resource-random is Pulumi's random provider.
//
// Pulumi publishes it as a download and not as a Go module, so it is put together here
// from the two modules that the published one consists of.
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/terraform-providers/terraform-provider-random/shim"

	"ha-postgres/sandbox/pulumi-terraform-providers/internal/bridge"
)

func main() {
	bridge.Serve(bridge.Config{
		Name:       "random",
		Version:    "4.21.2",
		Provider:   shim.NewProvider(),
		TypePrefix: "Random",
		Resources: map[string]*tfbridge.ResourceInfo{
			// The only resource without an id of its own in Terraform.
			"random_bytes": {
				ComputeID: tfbridge.DelegateIDField("base64", "random", "https://github.com/pulumi/pulumi-random"),
			},
		},
	})
}
