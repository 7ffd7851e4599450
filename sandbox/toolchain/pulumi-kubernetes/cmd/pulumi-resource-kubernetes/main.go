// Command pulumi-resource-kubernetes is Pulumi's Kubernetes provider.
//
// Upstream's own main cannot be built from its module: it embeds two files that
// upstream's build generates and that the module therefore lacks.
package main

import (
	_ "embed"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

// The schema comes from the upstream module at build time, because a copy kept
// here would be 7 MB that could silently fall behind the pinned version.
//
//go:embed schema.json
var schema []byte

func main() {
	// Only a conversion of Terraform programs reads the mapping.
	provider.Serve("kubernetes", version.Version, schema, []byte("{}"))
}
