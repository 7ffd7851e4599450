// Package kube talks to the API server about the few kinds that this module needs.
// A client that knows all of Kubernetes would take three times as long to compile.
package kube

import (
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

var scheme = runtime.NewScheme()

func init() {
	for _, add := range []func(*runtime.Scheme) error{
		corev1.AddToScheme, networkingv1.AddToScheme, discoveryv1.AddToScheme,
	} {
		utilruntime.Must(add(scheme))
	}
	metav1.AddToGroupVersion(scheme, schema.GroupVersion{Version: "v1"})
}

// Client is a connection to an API server, for a group of kinds each.
type Client struct {
	Core       rest.Interface
	Networking rest.Interface
	Discovery  rest.Interface
}

// NewClient connects as a kubeconfig says.
func NewClient(kubeconfig string) (*Client, error) {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	var client Client
	for _, group := range []struct {
		client  *rest.Interface
		version schema.GroupVersion
		path    string
	}{
		{&client.Core, corev1.SchemeGroupVersion, "/api"},
		{&client.Networking, networkingv1.SchemeGroupVersion, "/apis"},
		{&client.Discovery, discoveryv1.SchemeGroupVersion, "/apis"},
	} {
		ofGroup := rest.CopyConfig(config)
		ofGroup.GroupVersion = &group.version
		ofGroup.APIPath = group.path
		ofGroup.NegotiatedSerializer = serializer.NewCodecFactory(scheme).WithoutConversion()
		if *group.client, err = rest.RESTClientFor(ofGroup); err != nil {
			return nil, err
		}
	}
	return &client, nil
}

// Informer keeps the objects of a kind in all namespaces, such as "pods".
func Informer(client rest.Interface, resource string, kind runtime.Object) cache.SharedIndexInformer {
	source := cache.NewListWatchFromClient(client, resource, metav1.NamespaceAll, fields.Everything())
	return cache.NewSharedIndexInformer(source, kind, 0*time.Second, cache.Indexers{})
}

// Listed is what an informer has now.
func Listed[T runtime.Object](informer cache.SharedIndexInformer) []T {
	var objects []T
	for _, object := range informer.GetStore().List() {
		objects = append(objects, object.(T))
	}
	return objects
}

// Tell says that something changed, unless that was said already.
func Tell(changed chan<- struct{}) {
	select {
	case changed <- struct{}{}:
	default:
	}
}

// OnChange has an informer tell of every change; those that come while nobody looks
// are told of once.
func OnChange(informer cache.SharedIndexInformer, changed chan<- struct{}) error {
	tell := func() { Tell(changed) }
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { tell() },
		UpdateFunc: func(any, any) { tell() },
		DeleteFunc: func(any) { tell() },
	})
	return err
}
