package blob_test

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"elyco/internal/blob"
	"elyco/internal/blob/blobtest"
)

// TestMinIO holds a MinIO server to the contract. ELYCO_TEST_MINIO names its program; the local store is held to the
// same contract beside it, always.
func TestMinIO(t *testing.T) {
	program := os.Getenv("ELYCO_TEST_MINIO")
	if program == "" {
		t.Skip("ELYCO_TEST_MINIO names no MinIO program")
	}
	m := &minio{t: t, program: program, dir: t.TempDir(), address: free(t)}
	m.start()
	t.Cleanup(m.kill)
	c := blob.Config{Endpoint: m.address, AccessKey: "elyco", SecretKey: "elyco-elyco", Bucket: "contract"}
	blobtest.Contract(t, c)
	c.Bucket = "crash"
	blobtest.Crash(t, c, m.kill, func() http.RoundTripper {
		m.start()
		return &http.Transport{}
	})
}

type minio struct {
	t                     *testing.T
	program, dir, address string
	cmd                   *exec.Cmd
}

func (m *minio) start() {
	m.t.Helper()
	m.cmd = exec.Command(m.program, "server", "--quiet", "--address", m.address, m.dir)
	m.cmd.Env = []string{"HOME=" + m.dir, "MINIO_ROOT_USER=elyco", "MINIO_ROOT_PASSWORD=elyco-elyco", "MINIO_BROWSER=off", "MINIO_UPDATE=off"}
	m.cmd.Stdout, m.cmd.Stderr = m.t.Output(), m.t.Output()
	if err := m.cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	for range 600 {
		time.Sleep(50 * time.Millisecond)
		answer, err := http.Get("http://" + m.address + "/minio/health/ready")
		if err != nil {
			continue
		}
		answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			return
		}
	}
	m.t.Fatal("MinIO is not ready after half a minute")
}

func (m *minio) kill() {
	_ = m.cmd.Process.Kill()
	_ = m.cmd.Wait()
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
