package child_test

import (
	"bufio"
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"elyco/internal/blob"
	"elyco/internal/blob/blobtest"
	"elyco/internal/local/s3"
	"elyco/internal/local/s3/child"
)

// ownerDir, when set, makes this test program a program that owns a store and waits to be killed.
const ownerDir = "S3_TEST_OWNER_DIR"

// TestMain lets the test program be the store, as the real program is.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == s3.ChildCommand {
		if err := child.Main(os.Args[2], os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	dir := os.Getenv(ownerDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	if _, err := s3.Start(context.Background(), s3.Config{Dir: dir}); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready")
	time.Sleep(time.Hour)
}

func start(t *testing.T, dir string) *s3.Server {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s, err := s3.Start(ctx, s3.Config{Dir: dir, Errors: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	return s
}

func config(s *s3.Server, bucket string) blob.Config {
	keys := s.Credentials()
	return blob.Config{Endpoint: s.Endpoint(), AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Bucket: bucket, Transport: s.Transport()}
}

func TestContract(t *testing.T) {
	s := start(t, t.TempDir())
	blobtest.Contract(t, config(s, "elyco"))
	if err := s.Stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

// TestContractWithoutAttributes is for file systems that keep no attributes beside files: once a folder has begun
// that way, it goes on that way.
func TestContractWithoutAttributes(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "meta"), 0o750); err != nil {
		t.Fatal(err)
	}
	blobtest.Contract(t, config(start(t, dir), "elyco"))
}

func TestCrash(t *testing.T) {
	dir := t.TempDir()
	s := start(t, dir)
	blobtest.Crash(t, config(s, "elyco"), func() { s.Kill() }, func() http.RoundTripper {
		s = start(t, dir)
		return s.Transport()
	})
}

// TestKilledWhilePuttingTogether leaves the folder of an upload as a store does that is killed while it makes an object of the
// parts. Whoever asks again gets the object, not the word that it stands.
func TestKilledWhilePuttingTogether(t *testing.T) {
	dir := t.TempDir()
	s := start(t, dir)
	store, err := blob.Open(config(s, "elyco"))
	if err != nil {
		t.Fatal(err)
	}
	if err := store.EnsureBucket(t.Context()); err != nil {
		t.Fatal(err)
	}
	key := blob.NewKey(1, time.Now())
	upload, err := store.Begin(t.Context(), key, "text/plain")
	if err != nil {
		t.Fatal(err)
	}
	part, err := store.SendPart(t.Context(), key, upload, 1, strings.NewReader("texte"), 5)
	if err != nil {
		t.Fatal(err)
	}
	s.Kill()
	found, err := filepath.Glob(filepath.Join(dir, "objects", "elyco", ".sgwtmp", "multipart", "*", upload))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	sum, err := hex.DecodeString(strings.Trim(part.ETag, `"`))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(found[0], fmt.Sprintf("%s.%x-1.inprogress", found[0], md5.Sum(sum))); err != nil {
		t.Fatal(err)
	}
	s = start(t, dir)
	if store, err = blob.Open(config(s, "elyco")); err != nil {
		t.Fatal(err)
	}
	if err := store.Complete(t.Context(), key, upload, []blob.Part{part}, "text/plain"); err != nil {
		t.Fatal(err)
	}
	if info, err := store.Stat(t.Context(), key); err != nil || info.Size != 5 {
		t.Errorf("the object: %v, %v", info, err)
	}
}

func TestOneProgramPerFolder(t *testing.T) {
	dir := t.TempDir()
	first := start(t, dir)
	_, err := s3.Start(t.Context(), s3.Config{Dir: dir, Socket: filepath.Join(dir, "other.sock"), Errors: t.Output()})
	if err == nil || !strings.Contains(err.Error(), "another program uses the objects") {
		t.Fatalf("got %v, want a refusal", err)
	}
	store, err := blob.Open(config(first, "elyco"))
	if err != nil {
		t.Fatal(err)
	}
	if err := store.EnsureBucket(t.Context()); err != nil {
		t.Errorf("the first store suffered: %v", err)
	}
	info, err := os.Stat(filepath.Join(dir, "credentials"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("credentials: %v, %v", info.Mode(), err)
	}
}

// TestKilledOwner holds that a killed program leaves no store behind and that the next one finds its objects, even
// while the old store is still ending.
func TestKilledOwner(t *testing.T) {
	dir := t.TempDir()
	owner := exec.Command(os.Args[0])
	owner.Env = append(os.Environ(), ownerDir+"="+dir)
	out, err := owner.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatalf("the owner says %q", line)
	}
	keys, err := s3.ReadCredentials(dir)
	if err != nil {
		t.Fatal(err)
	}
	c := blob.Config{Endpoint: "s3.local", AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Bucket: "elyco", Transport: s3.Transport(filepath.Join(dir, "s3.sock"))}
	store, err := blob.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.EnsureBucket(t.Context()); err != nil {
		t.Fatal(err)
	}
	key := blobtest.Put(t, store, 4000)
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()
	again, err := blob.Open(config(start(t, dir), "elyco"))
	if err != nil {
		t.Fatal(err)
	}
	blobtest.Same(t, again, key, 4000)
	if left := stores(t, dir); left != 1 {
		t.Errorf("%d stores run on the folder", left)
	}
}

// stores counts the processes that serve a folder.
func stores(t *testing.T, dir string) int {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, path := range lines {
		b, _ := os.ReadFile(path)
		if strings.Contains(string(b), s3.ChildCommand+"\x00"+dir+"\x00") {
			n++
		}
	}
	return n
}

// TestACommandBesideTheStore uses the store that another program runs.
func TestACommandBesideTheStore(t *testing.T) {
	dir := t.TempDir()
	if _, err := s3.Join(dir); err == nil {
		t.Error("a store was found where none runs")
	}
	start(t, dir)
	r, err := s3.Join(dir)
	if err != nil {
		t.Fatal(err)
	}
	keys := r.Credentials()
	b, err := blob.Open(blob.Config{Endpoint: r.Endpoint(), AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Bucket: "beside", Transport: r.Transport()})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.EnsureBucket(t.Context()); err != nil {
		t.Error(err)
	}
}
