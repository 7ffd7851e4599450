// Command etcd is the sandbox's etcd.
//
// Upstream's main package is the root of its module, so a plain build would name
// the binary "server".
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}
