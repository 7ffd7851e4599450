package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/rest"

	"ha-postgres/sandbox/network/attachment"
)

// Server is what the container runtime and the sandbox ask an agent.
type Server struct {
	Enforcer *Enforcer
	Core     rest.Interface
}

// ServeReadiness answers on an address of the node whether the rules are in the
// kernel.
func (s *Server) ServeReadiness(ctx context.Context, address string) error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := s.Enforcer.Ready(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	return serve(ctx, listener, mux)
}

// ServeAttachments takes the pods of the node on a socket.
func (s *Server) ServeAttachments(ctx context.Context, socket string) error {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+attachment.AddPath, s.add)
	mux.HandleFunc("POST "+attachment.RemovePath, s.remove)
	// The one of an agent that was killed.
	if err := os.Remove(socket); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	return serve(ctx, listener, mux)
}

func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// The pod's containers start when this has returned, and never if it fails.
func (s *Server) add(w http.ResponseWriter, request *http.Request) {
	var asked attachment.Request
	if err := json.NewDecoder(request.Body).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if err := s.Enforcer.Ready(); errors.Is(err, ErrNotYet) {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	address, err := netip.ParseAddr(asked.Address)
	if err == nil {
		var pod *corev1.Pod
		if pod, err = s.pod(request.Context(), asked); err == nil {
			err = s.Enforcer.Attach(request.Context(), Attachment{Container: asked.Container, Pod: pod, Address: address})
		}
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (s *Server) remove(w http.ResponseWriter, request *http.Request) {
	var asked attachment.Request
	if err := json.NewDecoder(request.Body).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.Enforcer.Detach(asked.Container)
}

// pod asks the API server and not the cache, which may not have it yet.
func (s *Server) pod(ctx context.Context, asked attachment.Request) (*corev1.Pod, error) {
	var pod corev1.Pod
	err := s.Core.Get().Resource("pods").Namespace(asked.Namespace).Name(asked.Name).Do(ctx).Into(&pod)
	if err != nil {
		return nil, err
	}
	if asked.UID != "" && asked.UID != string(pod.UID) {
		return nil, fmt.Errorf("the pod %s/%s is another one by now", asked.Namespace, asked.Name)
	}
	return &pod, nil
}
