// Package bridge serves a Terraform provider as the Pulumi provider of the same name.
package bridge

import (
	"context"
	"encoding/json"

	framework "github.com/hashicorp/terraform-plugin-framework/provider"
	pf "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge/tokens"
)

// Config is what differs from one provider to the next.
type Config struct {
	// Name is the Pulumi package's name.
	Name string
	// Version is what the engine compares with the version of the npm package.
	Version string
	// Provider is the Terraform provider.
	Provider framework.Provider
	// TypePrefix precedes the Terraform name in the Pulumi name of every type.
	TypePrefix string
	// Resources overrides how single resources are bridged, by Terraform name.
	Resources map[string]*tfbridge.ResourceInfo
}

// Serve runs the provider until the engine lets go of it.
func Serve(config Config) {
	info := tfbridge.ProviderInfo{
		P:         pf.ShimProvider(config.Provider),
		Name:      config.Name,
		Version:   config.Version,
		Resources: config.Resources,
		// The bridge insists on metadata, but all it holds are aliases for
		// names of former versions, of which no stack of ours has any.
		MetadataInfo: tfbridge.NewProviderMetadata([]byte("{}")),
	}
	standard := tokens.MakeStandard(config.Name)
	info.MustComputeTokens(tokens.SingleModule(config.Name+"_", "index", func(module, name string) (string, error) {
		return standard(module, config.TypePrefix+name)
	}))
	pf.Main(context.Background(), config.Name, info, pf.ProviderMetadata{PackageSchema: packageSchema(config)})
}

// The engine asks for a package's schema when it generates an SDK or checks a YAML
// program, never on behalf of a program written against the npm package. So the schema
// only says whose it is.
func packageSchema(config Config) []byte {
	schema, err := json.Marshal(map[string]string{"name": config.Name, "version": config.Version})
	if err != nil {
		panic(err)
	}
	return schema
}
