package loadbalancer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"

	"ha-postgres/sandbox/network/kube"
)

const (
	retry = time.Second
	// Routes that somebody else removed are back by then.
	renewal = 30 * time.Second
)

// Controller keeps addresses, statuses and routes in step with the Services.
type Controller struct {
	Core     rest.Interface
	Services cache.SharedIndexInformer
	Slices   cache.SharedIndexInformer
	Nodes    cache.SharedIndexInformer
	Machine  Machine

	// told are the problems that there is an Event of, by the Service's UID.
	told map[types.UID]string
}

// Run works until the context ends.
func (c *Controller) Run(ctx context.Context) error {
	c.told = map[types.UID]string{}
	changed := make(chan struct{}, 1)
	for _, informer := range []cache.SharedIndexInformer{c.Services, c.Slices, c.Nodes} {
		if err := kube.OnChange(informer, changed); err != nil {
			return err
		}
		go informer.Run(ctx.Done())
	}
	if !cache.WaitForCacheSync(ctx.Done(), c.Services.HasSynced, c.Slices.HasSynced, c.Nodes.HasSynced) {
		return ctx.Err()
	}
	for {
		next := renewal
		if err := c.synchronize(ctx); err != nil {
			slog.Error("not all of it could be done and will be tried again", "error", err)
			next = retry
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		case <-time.After(next):
		}
	}
}

func (c *Controller) synchronize(ctx context.Context) error {
	assignments := Assign(kube.Listed[*corev1.Service](c.Services), c.Machine.Network)
	var failures []error
	// What is taken from one Service is free before it is given to another.
	for _, isRelease := range []bool{true, false} {
		for _, assignment := range assignments {
			if assignment.Changes() && assignment.Address.IsValid() != isRelease {
				failures = append(failures, c.writeStatus(ctx, assignment))
			}
		}
	}
	failures = append(failures, c.tellProblems(ctx, assignments))
	present, err := c.Machine.Routes(ctx)
	if err == nil {
		wanted := Routes(
			assignments,
			kube.Listed[*discoveryv1.EndpointSlice](c.Slices),
			kube.Listed[*corev1.Node](c.Nodes),
			present,
		)
		err = c.Machine.Change(ctx, present, wanted)
	}
	return errors.Join(append(failures, err)...)
}

func (c *Controller) writeStatus(ctx context.Context, assignment Assignment) error {
	service := assignment.Service
	var ingress []map[string]string
	if assignment.Address.IsValid() {
		ingress = append(ingress, map[string]string{"ip": assignment.Address.String()})
	}
	patch, err := json.Marshal(map[string]any{
		// Against a Service of the same name that came in the meantime.
		"metadata": map[string]any{"uid": service.UID, "resourceVersion": service.ResourceVersion},
		"status":   map[string]any{"loadBalancer": map[string]any{"ingress": ingress}},
	})
	if err != nil {
		return err
	}
	err = c.Core.Patch(types.MergePatchType).
		Resource("services").Namespace(service.Namespace).Name(service.Name).SubResource("status").
		Body(patch).Do(ctx).Error()
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("status of %s/%s: %w", service.Namespace, service.Name, err)
	}
	slog.Info("wrote status", "service", service.Namespace+"/"+service.Name, "ingress", ingress)
	return nil
}

// tellProblems makes an Event of each problem that is new.
func (c *Controller) tellProblems(ctx context.Context, assignments []Assignment) error {
	told := map[types.UID]string{}
	var failures []error
	for _, assignment := range assignments {
		if assignment.Problem == "" {
			continue
		}
		uid := assignment.Service.UID
		if c.told[uid] != assignment.Problem {
			if err := c.tell(ctx, assignment); err != nil {
				failures = append(failures, err)
				continue
			}
		}
		told[uid] = assignment.Problem
	}
	c.told = told
	return errors.Join(failures...)
}

func (c *Controller) tell(ctx context.Context, assignment Assignment) error {
	service := assignment.Service
	now := metav1.Now()
	event := &corev1.Event{
		ObjectMeta: metav1.ObjectMeta{Namespace: service.Namespace, GenerateName: service.Name + "."},
		InvolvedObject: corev1.ObjectReference{
			APIVersion:      "v1",
			Kind:            "Service",
			Namespace:       service.Namespace,
			Name:            service.Name,
			UID:             service.UID,
			ResourceVersion: service.ResourceVersion,
		},
		Type:           corev1.EventTypeWarning,
		Reason:         "NoLoadBalancerAddress",
		Message:        assignment.Problem,
		Source:         corev1.EventSource{Component: "service-load-balancer"},
		FirstTimestamp: now,
		LastTimestamp:  now,
		Count:          1,
	}
	err := c.Core.Post().Resource("events").Namespace(service.Namespace).Body(event).Do(ctx).Error()
	// A Service whose namespace goes needs to be told of nothing.
	if apierrors.IsForbidden(err) || apierrors.IsNotFound(err) {
		return nil
	}
	return err
}
