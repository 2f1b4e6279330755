package picture

import "syscall"

// cuts are ways to run a program so that it sees no network, the strictest first; the last one is only that it ends with
// this program.
func cuts() []*syscall.SysProcAttr {
	return []*syscall.SysProcAttr{
		{Pdeathsig: syscall.SIGKILL, Cloneflags: syscall.CLONE_NEWNET},
		{Pdeathsig: syscall.SIGKILL, Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET},
		{Pdeathsig: syscall.SIGKILL},
	}
}
