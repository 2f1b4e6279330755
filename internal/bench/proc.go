package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of /proc's processor times, 100 a second on every Linux.
const tick = 10 * time.Millisecond

// stat is what /proc says of a process.
type stat struct {
	parent   int
	own      time.Duration // of the process itself
	children time.Duration // of its children that have ended
}

func readStat(pid int) (stat, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return stat{}, err
	}
	// The name, in brackets, may hold anything: what follows its last bracket is regular.
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	if len(f) < 15 {
		return stat{}, fmt.Errorf("read the processor time of %d: too short", pid)
	}
	n := func(i int) time.Duration {
		v, _ := strconv.ParseInt(f[i], 10, 64)
		return time.Duration(v) * tick
	}
	parent, _ := strconv.Atoi(f[1])
	return stat{parent: parent, own: n(11) + n(12), children: n(13) + n(14)}, nil
}

// family sums the processor time of a process and of all below it, ended ones included.
func family(root int) (time.Duration, error) {
	s, err := readStat(root)
	if err != nil {
		return 0, err
	}
	sum := s.own + s.children
	dirs, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, d := range dirs {
		pid, _ := strconv.Atoi(filepath.Base(d))
		if s, err := readStat(pid); err == nil && s.parent == root {
			sum += s.own + s.children
		}
	}
	return sum, nil
}

// memory is what a process holds: RSS, and PSS, which shares out what is shared.
func memory(pid int) (rss, pss int64) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0, 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		w := strings.Fields(lines.Text())
		if len(w) < 2 {
			continue
		}
		n, _ := strconv.ParseInt(w[1], 10, 64)
		switch w[0] {
		case "Rss:":
			rss = n << 10
		case "Pss:":
			pss = n << 10
		}
	}
	return rss, pss
}

// postmaster is the first process of a PostgreSQL server.
func postmaster(dir string) (int, error) {
	b, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(b), "\n")
	return strconv.Atoi(strings.TrimSpace(first))
}

func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "?"
	}
	f := strings.Fields(string(b))
	return strings.Join(f[:min(3, len(f))], " ")
}

func field(path, name string) string {
	f, err := os.Open(path)
	if err != nil {
		return "?"
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		key, value, ok := strings.Cut(lines.Text(), ":")
		if ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "?"
}

func machine() string {
	return fmt.Sprintf("%d × %s, %s, %s/%s, load average %s", runtime.NumCPU(), field("/proc/cpuinfo", "model name"),
		field("/proc/meminfo", "MemTotal"), runtime.Version(), runtime.GOARCH, loadAverage())
}

func sharedBuffers() string {
	kb, err := strconv.ParseInt(strings.TrimSuffix(field("/proc/meminfo", "MemTotal"), " kB"), 10, 64)
	if err != nil {
		return "256MB"
	}
	return strconv.FormatInt(min(kb>>12, 4096), 10) + "MB"
}
