// Command elyco-store is the private object store of one-machine installations, demonstrations and tests. The program starts
// it and ends it; an academy in service has an object store of its own and does not need it.
package main

import (
	"fmt"
	"os"

	"elyco/internal/local/s3"
	"elyco/internal/local/s3/child"
)

func main() {
	if len(os.Args) != 4 || os.Args[1] != s3.ChildCommand {
		fmt.Fprintln(os.Stderr, "elyco-store is started by elyco, which needs it beside itself")
		os.Exit(2)
	}
	if err := child.Main(os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "elyco-store:", err)
		os.Exit(1)
	}
}
