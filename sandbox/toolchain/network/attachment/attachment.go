// Package attachment is what the container runtime's plugin and the agent of a node
// say to each other. It needs the standard library only: the plugin is started for
// every pod.
package attachment

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// Paths of the agent's socket.
const (
	AddPath    = "/attachments/add"
	RemovePath = "/attachments/remove"
)

const patience = 10 * time.Second

// Request is about the sandbox of a pod.
type Request struct {
	Container string `json:"container"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name,omitempty"`
	UID       string `json:"uid,omitempty"`
	Address   string `json:"address,omitempty"`
}

// Send asks the agent at a socket.
func Send(socket, path string, request Request) error {
	body, err := json.Marshal(request)
	if err != nil {
		return err
	}
	client := http.Client{
		Timeout: patience,
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", socket)
		}},
	}
	response, err := client.Post("http://agent"+path, "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		reason, _ := io.ReadAll(response.Body)
		return fmt.Errorf("the network policy agent: %s", strings.TrimSpace(string(reason)))
	}
	return nil
}
