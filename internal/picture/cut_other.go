//go:build !linux

package picture

import "syscall"

// cuts are ways to run a program: elsewhere there is one, which cuts nothing off.
func cuts() []*syscall.SysProcAttr { return []*syscall.SysProcAttr{{}} }
