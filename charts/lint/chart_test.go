package lint

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"sigs.k8s.io/yaml"
)

type object = map[string]any

// render gives every object of the chart as Kubernetes would be given them.
func render(values object) ([]object, error) {
	chart, err := loader.Load("../elyco")
	if err != nil {
		return nil, err
	}
	release := chartutil.ReleaseOptions{Name: "ent", Namespace: "schools", Revision: 1, IsInstall: true}
	all, err := chartutil.ToRenderValues(chart, values, release, chartutil.DefaultCapabilities)
	if err != nil {
		return nil, err
	}
	files, err := engine.Render(chart, all)
	if err != nil {
		return nil, err
	}
	var objects []object
	for name, text := range files {
		if !strings.HasSuffix(name, ".yaml") {
			continue
		}
		for _, document := range strings.Split("\n"+text, "\n---\n") {
			var o object
			if err := yaml.UnmarshalStrict([]byte(document), &o); err != nil {
				return nil, fmt.Errorf("%s: %w\n%s", name, err, document)
			}
			if o != nil {
				objects = append(objects, o)
			}
		}
	}
	return objects, nil
}

func needed() object {
	return object{"baseHost": "elyco.example.fr", "s3": object{"endpoint": "s3.example.fr"}}
}

func everything() object {
	v := needed()
	v["web"] = object{"autoscaling": object{"enabled": true}, "nodeSelector": object{"pool": "web"}, "tolerations": []any{object{"key": "web"}}}
	v["postgres"] = object{"enabled": true, "storageClass": "fast", "backup": object{"retentionPolicy": "30d"}}
	v["podMonitor"] = object{"enabled": true}
	v["ingress"] = object{"className": "nginx", "annotations": object{"a": "b"}}
	v["image"] = object{"digest": "sha256:" + strings.Repeat("0", 64)}
	v["imagePullSecrets"] = []any{object{"name": "registry"}}
	return v
}

func at(o any, path ...string) any {
	for _, p := range path {
		m, ok := o.(object)
		if !ok {
			return nil
		}
		o = m[p]
	}
	return o
}

func find(t *testing.T, objects []object, kind, suffix string) object {
	t.Helper()
	for _, o := range objects {
		if o["kind"] == kind && strings.HasSuffix(fmt.Sprint(at(o, "metadata", "name")), suffix) {
			return o
		}
	}
	t.Fatalf("no %s ...%s", kind, suffix)
	return nil
}

func mustRender(t *testing.T, values object) []object {
	t.Helper()
	objects, err := render(values)
	if err != nil {
		t.Fatal(err)
	}
	return objects
}

func TestPodsCanDoNothingElse(t *testing.T) {
	for name, values := range map[string]object{"needed": needed(), "everything": everything()} {
		pods := 0
		for _, o := range mustRender(t, values) {
			pod := at(o, "spec", "template", "spec")
			if pod == nil {
				continue
			}
			pods++
			checkPod(t, fmt.Sprintf("%s: %s %s", name, o["kind"], at(o, "metadata", "name")), pod)
		}
		if pods != 3 {
			t.Errorf("%s: %d kinds of pods, want web, worker and migrate", name, pods)
		}
	}
}

func checkPod(t *testing.T, name string, pod any) {
	t.Helper()
	want := func(got any, expected any, what string) {
		if fmt.Sprint(got) != fmt.Sprint(expected) {
			t.Errorf("%s: %s is %v, want %v", name, what, got, expected)
		}
	}
	want(at(pod, "securityContext", "runAsNonRoot"), true, "runAsNonRoot")
	want(at(pod, "automountServiceAccountToken"), false, "automountServiceAccountToken")
	want(at(pod, "enableServiceLinks"), false, "enableServiceLinks")
	want(at(pod, "securityContext", "seccompProfile", "type"), "RuntimeDefault", "seccomp")
	for _, c := range at(pod, "containers").([]any) {
		want(at(c, "securityContext", "readOnlyRootFilesystem"), true, "readOnlyRootFilesystem")
		want(at(c, "securityContext", "allowPrivilegeEscalation"), false, "allowPrivilegeEscalation")
		want(at(c, "securityContext", "capabilities", "drop"), []any{"ALL"}, "capabilities")
		if at(c, "resources", "requests", "memory") == nil || at(c, "resources", "limits", "memory") == nil {
			t.Errorf("%s: no memory is asked for or allowed", name)
		}
	}
}

// TestOwnerStaysAway: only the migration may know the role that owns the schema.
func TestOwnerStaysAway(t *testing.T) {
	for _, o := range mustRender(t, needed()) {
		text := fmt.Sprint(o)
		if strings.Contains(text, "ELYCO_DATABASE_OWNER_URL") && o["kind"] != "Job" {
			t.Errorf("%s %s knows the owner", o["kind"], at(o, "metadata", "name"))
		}
	}
	job := find(t, mustRender(t, needed()), "Job", "-migrate")
	if !strings.Contains(fmt.Sprint(job), "ELYCO_DATABASE_OWNER_URL") {
		t.Error("the migration does not know the owner")
	}
}

func TestUpdatesAreNotSeen(t *testing.T) {
	objects := mustRender(t, needed())
	web := find(t, objects, "Deployment", "-web")
	if got := at(web, "spec", "strategy", "rollingUpdate", "maxUnavailable"); fmt.Sprint(got) != "0" {
		t.Errorf("an update takes %v pods away", got)
	}
	job := find(t, objects, "Job", "-migrate")
	if got := at(job, "metadata", "annotations", "helm.sh/hook"); got != "pre-install,pre-upgrade" {
		t.Errorf("the migration runs at %v", got)
	}
	if at(web, "spec", "replicas") == nil {
		t.Error("nobody says how many")
	}
	if at(find(t, mustRender(t, everything()), "Deployment", "-web"), "spec", "replicas") != nil {
		t.Error("an update would undo what the autoscaler decided")
	}
	find(t, objects, "PodDisruptionBudget", "-web")
	pod := at(web, "spec", "template", "spec")
	c := at(pod, "containers").([]any)[0]
	if at(c, "lifecycle", "preStop", "sleep", "seconds") == nil || at(c, "readinessProbe", "httpGet", "path") != "/readyz" || at(c, "livenessProbe", "httpGet", "path") != "/healthz" {
		t.Error("a pod that stops, or that hangs, is not noticed")
	}
}

func TestServiceLeadsToTheWeb(t *testing.T) {
	objects := mustRender(t, needed())
	labels := at(find(t, objects, "Deployment", "-web"), "spec", "template", "metadata", "labels")
	for key, value := range at(find(t, objects, "Service", "elyco"), "spec", "selector").(object) {
		if at(labels, key) != value {
			t.Errorf("the service wants %s=%v, the pods have %v", key, value, at(labels, key))
		}
	}
	rules := at(find(t, objects, "Ingress", "elyco"), "spec", "rules").([]any)
	if len(rules) != 2 || at(rules[1], "host") != "*.elyco.example.fr" {
		t.Errorf("the ingress serves %v", rules)
	}
}

func TestPostgresGetsTheRoles(t *testing.T) {
	objects := mustRender(t, everything())
	sql := fmt.Sprint(at(find(t, objects, "ConfigMap", "-roles"), "data", "roles.sql"))
	if !strings.Contains(sql, "create role elyco_app login") {
		t.Errorf("the roles are not in it: %.200s", sql)
	}
	there, err := os.ReadFile("../../migrations/roles.sql")
	if err != nil {
		t.Fatal(err)
	}
	if here, err := os.ReadFile("../elyco/files/roles.sql"); err != nil || string(here) != string(there) {
		t.Errorf("the chart's roles are not those of migrations/roles.sql (make generate copies them): %v", err)
	}
	find(t, objects, "Cluster", "-db")
	if job := find(t, objects, "Job", "-migrate"); !strings.Contains(fmt.Sprint(at(job, "metadata", "annotations", "helm.sh/hook")), "post-install") {
		t.Error("the migration would wait for a database that is not there yet")
	}
}

// TestGateways: a gateway's address is a setting, and its key comes from the Secret, for every pod that reads the settings.
func TestGateways(t *testing.T) {
	values := needed()
	values["sms"], values["voice"] = object{"url": "https://sms.example/v1", "sender": "ELYCO"}, object{"url": "https://voice.example/v1"}
	values["push"] = object{"contact": "admin@elyco.example"}
	objects := mustRender(t, values)
	config := fmt.Sprint(at(find(t, objects, "ConfigMap", "elyco"), "data"))
	for _, want := range []string{"ELYCO_SMS_URL:https://sms.example/v1", "ELYCO_SMS_SENDER:ELYCO", "ELYCO_VOICE_URL:https://voice.example/v1", "ELYCO_PUSH_CONTACT:admin@elyco.example"} {
		if !strings.Contains(config, want) {
			t.Errorf("the settings lack %s: %s", want, config)
		}
	}
	for _, pod := range []object{find(t, objects, "Deployment", "-web"), find(t, objects, "Deployment", "-worker"), find(t, objects, "Job", "-migrate")} {
		for _, key := range []string{"ELYCO_SMS_KEY", "ELYCO_VOICE_KEY"} {
			if !strings.Contains(fmt.Sprint(pod), key) {
				t.Errorf("%s does not know %s", at(pod, "metadata", "name"), key)
			}
		}
	}
	if text := fmt.Sprint(mustRender(t, needed())); strings.Contains(text, "ELYCO_SMS") || strings.Contains(text, "ELYCO_VOICE") {
		t.Error("without gateways there is something about them")
	}
}

func TestValuesAreRefused(t *testing.T) {
	for name, change := range map[string]func(object){
		"no host":             func(v object) { v["baseHost"] = "" },
		"no store":            func(v object) { v["s3"] = object{"endpoint": ""} },
		"scheme in the store": func(v object) { v["s3"] = object{"endpoint": "https://s3"} },
		"misspelt":            func(v object) { v["ingres"] = object{} },
		"latest":              func(v object) { v["image"] = object{"tag": "latest"} },
		"one replica":         func(v object) { v["web"] = object{"replicas": 1} },
		"gateway in clear":    func(v object) { v["sms"] = object{"url": "http://sms.example"} },
		"key in the open":     func(v object) { v["config"] = object{"ELYCO_SMS_KEY": "x"} },
		"secret in the open":  func(v object) { v["config"] = object{"ELYCO_DATABASE_URL": "postgres://"} },
	} {
		values := needed()
		change(values)
		if _, err := render(values); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
