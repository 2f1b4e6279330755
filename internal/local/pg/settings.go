package pg

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
)

// settings of the server. Extra comes last and wins.
func settings(c Config, sock string) []string {
	set := []string{
		"listen_addresses=",
		"unix_socket_directories=" + sock,
		"unix_socket_permissions=0700",
		"max_connections=100",
		"timezone=UTC",
		"log_timezone=UTC",
		"random_page_cost=1.1",
		// The statements are short: compiling them costs more than running them.
		"jit=off",
		// A journal is kept by people who may not see what schools write: no statement and no value in it.
		"log_min_error_statement=panic",
		"log_error_verbosity=terse",
		"log_parameter_max_length_on_error=0",
	}
	if c.Durable {
		set = append(set, durable(memory())...)
	} else {
		set = append(set, throwaway()...)
	}
	return append(set, c.Extra...)
}

func durable(mem int64) []string {
	shared := min(max(mem/8, 128), 1024)
	return []string{
		"fsync=on",
		"full_page_writes=on",
		"synchronous_commit=on",
		"wal_compression=on",
		"max_wal_size=2GB",
		"shared_buffers=" + megabytes(shared),
		"effective_cache_size=" + megabytes(max(mem/2, 256)),
		"maintenance_work_mem=" + megabytes(min(max(mem/32, 64), 256)),
		"work_mem=8MB",
	}
}

// throwaway trades everything for speed. A killed test run makes its cluster again.
func throwaway() []string {
	return []string{
		"fsync=off",
		"full_page_writes=off",
		"synchronous_commit=off",
		"wal_level=minimal",
		"max_wal_senders=0",
		"max_wal_size=4GB",
		"max_connections=200",
		"shared_buffers=128MB",
	}
}

func megabytes(n int64) string { return strconv.FormatInt(n, 10) + "MB" }

// memory of this machine in megabytes, or of the container when it is allowed less. 1 GB when neither says.
func memory() int64 {
	mem := int64(1024)
	if b, err := os.ReadFile("/proc/meminfo"); err == nil {
		mem = total(b, mem)
	}
	b, err := os.ReadFile("/sys/fs/cgroup/memory.max")
	if err != nil {
		return mem
	}
	limit, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64)
	if err != nil {
		return mem
	}
	return min(mem, limit>>20)
}

func total(meminfo []byte, unknown int64) int64 {
	lines := bufio.NewScanner(bytes.NewReader(meminfo))
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) < 2 || words[0] != "MemTotal:" {
			continue
		}
		kb, err := strconv.ParseInt(words[1], 10, 64)
		if err != nil {
			return unknown
		}
		return kb >> 10
	}
	return unknown
}
