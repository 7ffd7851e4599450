// Command webhook is cert-manager's webhook: it validates cert-manager's objects before they are stored.
package main

import (
	"os"

	"github.com/spf13/pflag"
	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/cert-manager/cert-manager/internal/webhook"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	"github.com/cert-manager/cert-manager/pkg/webhook/options"
)

func main() {
	logf.InitLogs()
	if err := run(); err != nil {
		logf.Log.Error(err, "the webhook ends")
		os.Exit(1)
	}
}

func run() error {
	config, err := options.NewWebhookConfiguration()
	if err != nil {
		return err
	}
	options.AddConfigFlags(pflag.CommandLine, config)
	pflag.Parse()
	if err := logf.ValidateAndApply(&config.Logging); err != nil {
		return err
	}
	server, err := webhook.NewCertManagerWebhookServer(logf.Log, *config)
	if err != nil {
		return err
	}
	return server.Run(ctrl.LoggerInto(ctrl.SetupSignalHandler(), logf.Log))
}
