// Package shim hands out the provider of terraform-provider-random, which upstream keeps
// in an internal package: only a module whose path lies under upstream's may import it.
package shim

import (
	framework "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/terraform-providers/terraform-provider-random/internal/provider"
)

// NewProvider returns upstream's provider.
func NewProvider() framework.Provider {
	return provider.New()
}
