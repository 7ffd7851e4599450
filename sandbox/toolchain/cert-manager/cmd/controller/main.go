// Command controller is cert-manager's controller: it issues and renews certificates.
//
// Upstream's mains are modules of their own, which the module proxy does not have. This one knows the two kinds of
// issuers that work without anybody outside the cluster, and the flags that the chart sets.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
	logsapi "k8s.io/component-base/logs/api/v1"
	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/cert-manager/cert-manager/pkg/controller"
	// Controllers and kinds of issuers register themselves.
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/approver"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/ca"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificaterequests/selfsigned"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/issuing"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/keymanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/metrics"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/readiness"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/requestmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/revisionmanager"
	_ "github.com/cert-manager/cert-manager/pkg/controller/certificates/trigger"
	_ "github.com/cert-manager/cert-manager/pkg/controller/clusterissuers"
	_ "github.com/cert-manager/cert-manager/pkg/controller/issuers"
	"github.com/cert-manager/cert-manager/pkg/healthz"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/ca"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/selfsigned"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
)

const (
	metricsAddress = ":9402"
	healthAddress  = ":9403"
	workers        = 5
)

type election struct {
	namespace                                 string
	leaseDuration, renewDeadline, retryPeriod time.Duration
}

func main() {
	logf.InitLogs()
	options, election, err := parseFlags()
	if err == nil {
		err = run(ctrl.SetupSignalHandler(), options, election)
	}
	if err != nil {
		logf.Log.Error(err, "the controller ends")
		os.Exit(1)
	}
}

// parseFlags reads what the chart sets, over upstream's defaults.
func parseFlags() (controller.ContextOptions, election, error) {
	options := controller.ContextOptions{
		KubernetesAPIQPS:   20,
		KubernetesAPIBurst: 50,
		CertificateOptions: controller.CertificateOptions{
			CopiedAnnotationPrefixes:                 []string{"*", "-kubectl.kubernetes.io/", "-fluxcd.io/", "-argocd.argoproj.io/"},
			CertificateRequestMinimumBackoffDuration: time.Hour,
			CertificateRequestMaximumBackoffDuration: 32 * time.Hour,
		},
	}
	var lease election
	set, logging := pflag.CommandLine, logsapi.NewLoggingConfiguration()
	set.StringVar(&options.ClusterResourceNamespace, "cluster-resource-namespace", "kube-system", "namespace of a ClusterIssuer's secrets")
	set.BoolVar(&options.EnableOwnerRef, "enable-certificate-owner-ref", false, "whether a secret goes with its certificate")
	set.StringVar(&lease.namespace, "leader-election-namespace", "kube-system", "namespace of the lease")
	set.DurationVar(&lease.leaseDuration, "leader-election-lease-duration", 60*time.Second, "after which another may take a lease")
	set.DurationVar(&lease.renewDeadline, "leader-election-renew-deadline", 40*time.Second, "until which the leader tries to renew it")
	set.DurationVar(&lease.retryPeriod, "leader-election-retry-period", 15*time.Second, "between two attempts")
	for _, name := range []string{"acme-http01-solver-image", "max-concurrent-challenges"} {
		set.String(name, "", "not used: there is no issuer of that kind here")
	}
	logf.AddFlags(logging, set)
	pflag.Parse()
	return options, lease, logf.ValidateAndApply(logging)
}

func run(ctx context.Context, options controller.ContextOptions, election election) error {
	group, running := errgroup.WithContext(logf.NewContext(ctx, logf.Log, "controller"))
	factory, err := controller.NewContextFactory(running, options)
	if err != nil {
		return err
	}
	shared, err := factory.Build()
	if err != nil {
		return err
	}
	health := healthz.NewServer(20 * time.Second)
	elector, err := newElector(election, shared, health, func(leading context.Context) error {
		return runControllers(leading, factory, shared)
	})
	if err != nil {
		return err
	}
	healthListener, err := net.Listen("tcp", healthAddress)
	if err != nil {
		return err
	}
	metricsListener, err := net.Listen("tcp", metricsAddress)
	if err != nil {
		return err
	}
	metrics := shared.Metrics.NewServer(metricsListener)
	group.Go(func() error { return health.Start(running, healthListener) })
	group.Go(func() error { return metrics.Serve(metricsListener) })
	group.Go(func() error {
		elector.Run(running)
		// Whoever loses the lease ends, and is started again as a follower.
		return errors.Join(errors.New("not the leader any more"), metrics.Close())
	})
	if err := group.Wait(); ctx.Err() == nil {
		return err
	}
	return nil
}

func newElector(
	election election,
	shared *controller.Context,
	health *healthz.Server,
	lead func(context.Context) error,
) (*leaderelection.LeaderElector, error) {
	identity, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	lock, err := resourcelock.New(
		resourcelock.LeasesResourceLock, election.namespace, "cert-manager-controller",
		shared.Client.CoreV1(), shared.Client.CoordinationV1(),
		resourcelock.ResourceLockConfig{Identity: identity, EventRecorder: shared.Recorder},
	)
	if err != nil {
		return nil, err
	}
	return leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
		Lock:            lock,
		LeaseDuration:   election.leaseDuration,
		RenewDeadline:   election.renewDeadline,
		RetryPeriod:     election.retryPeriod,
		ReleaseOnCancel: true,
		WatchDog:        health.LeaderHealthzAdaptor,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(leading context.Context) {
				if err := lead(leading); err != nil {
					logf.Log.Error(err, "a controller failed")
					os.Exit(1)
				}
			},
			OnStoppedLeading: func() { logf.Log.Info("gave up the lease or lost it") },
		},
	})
}

func runControllers(ctx context.Context, factory *controller.ContextFactory, shared *controller.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for name, construct := range controller.Known() {
		control, err := construct(factory)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		group.Go(func() error { return control.Run(workers, ctx) })
	}
	// Only now has each of them said what it watches.
	shared.SharedInformerFactory.Start(ctx.Done())
	shared.KubeSharedInformerFactory.Start(ctx.Done())
	return group.Wait()
}
