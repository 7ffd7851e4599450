// Command pulumi-resource-tls is Pulumi's TLS provider.
//
// Pulumi publishes it as a download and not as a Go module, so it is put together here
// from the two modules that the published one consists of.
package main

import (
	"github.com/hashicorp/terraform-provider-tls/shim"

	"ha-postgres/sandbox/pulumi-terraform-providers/internal/bridge"
)

func main() {
	bridge.Serve(bridge.Config{
		Name:     "tls",
		Version:  "5.6.1",
		Provider: shim.NewProvider(),
	})
}
