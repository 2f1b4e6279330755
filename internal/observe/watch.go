package observe

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
)

// WatchPool shows how a pool of database connections is used. Each pool has a name of its own.
func (o *Observer) WatchPool(name string, stat func() *pgxpool.Stat) {
	labels := prometheus.Labels{"pool": name}
	gauge := func(metric, help string, read func(*pgxpool.Stat) float64) {
		o.Registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "elyco_db_pool_" + metric, Help: help, ConstLabels: labels},
			func() float64 { return read(stat()) }))
	}
	counter := func(metric, help string, read func(*pgxpool.Stat) float64) {
		o.Registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "elyco_db_pool_" + metric, Help: help, ConstLabels: labels},
			func() float64 { return read(stat()) }))
	}
	gauge("max_connections", "Connections the pool may open.", func(s *pgxpool.Stat) float64 { return float64(s.MaxConns()) })
	gauge("connections", "Connections open.", func(s *pgxpool.Stat) float64 { return float64(s.TotalConns()) })
	gauge("in_use", "Connections working for someone.", func(s *pgxpool.Stat) float64 { return float64(s.AcquiredConns()) })
	counter("waits_total", "Times that someone found every connection taken.", func(s *pgxpool.Stat) float64 { return float64(s.EmptyAcquireCount()) })
	counter("wait_seconds_total", "Time spent waiting for a connection.", func(s *pgxpool.Stat) float64 { return s.AcquireDuration().Seconds() })
}

// JobCount is how many jobs of a kind are in a state, and how long the oldest has been there.
type JobCount struct {
	Kind   string
	State  string
	Count  int64
	Oldest time.Duration
}

// WatchJobs shows the jobs that read counts, each time the figures are asked for. When read fails the other figures are
// still shown.
func (o *Observer) WatchJobs(read func(context.Context) ([]JobCount, error)) {
	o.Registry.MustRegister(&jobs{
		read:   read,
		count:  prometheus.NewDesc("elyco_jobs", "Jobs, by kind and state.", []string{"kind", "state"}, nil),
		oldest: prometheus.NewDesc("elyco_jobs_oldest_seconds", "Age of the oldest job, by kind and state.", []string{"kind", "state"}, nil),
	})
}

type jobs struct {
	read          func(context.Context) ([]JobCount, error)
	count, oldest *prometheus.Desc
}

// Describe is for the registry.
func (j *jobs) Describe(out chan<- *prometheus.Desc) {
	out <- j.count
	out <- j.oldest
}

// Collect is for the registry.
func (j *jobs) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	counts, err := j.read(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(j.count, err)
		return
	}
	for _, c := range counts {
		out <- prometheus.MustNewConstMetric(j.count, prometheus.GaugeValue, float64(c.Count), c.Kind, c.State)
		out <- prometheus.MustNewConstMetric(j.oldest, prometheus.GaugeValue, c.Oldest.Seconds(), c.Kind, c.State)
	}
}

// WatchTrail shows how the audit trail is kept: how many entries this process sealed, and how many chains its last
// examination found changed.
func (o *Observer) WatchTrail(sealed, broken func() int64) {
	o.Registry.MustRegister(
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "elyco_audit_sealed_total", Help: "Audit entries sealed by this process."},
			func() float64 { return float64(sealed()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "elyco_audit_broken_chains", Help: "Audit chains that the last daily examination found changed."},
			func() float64 { return float64(broken()) }))
}
