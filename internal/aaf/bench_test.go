package aaf

import (
	"bytes"
	"strings"
	"testing"
)

// benchFeed is some megabytes of pupils such as an academy sends them.
func benchFeed() []byte {
	one := feedOf(`<attr name="ENTPersonJointure"><value>7004512</value></attr>
<attr name="ENTEleveINE"><value>140905512HK</value></attr>
<attr name="ENTPersonDateNaissance"><value>03/05/2014</value></attr>
<attr name="ENTPersonNomPatro"><value>GUÉRINEAU</value></attr>
<attr name="sn"><value>GUÉRINEAU</value></attr>
<attr name="givenName"><value>Loïs</value></attr>
<attr name="ENTPersonAutresPrenoms"><value>Loïs</value><value>Marie</value></attr>
<attr name="personalTitle"><value>Mme</value></attr>
<attr name="ENTElevePersRelEleve"><value>7100031$10$1$1$1$0</value><value>7100032$20$0$1$1$0</value><value>7100990$38$0$0$1$0</value></attr>
<attr name="ENTEleveBoursier"><value>N</value></attr>
<attr name="ENTEleveRegime"><value>DEMI-PENSIONNAIRE DANS L&apos;ETABLISSEMENT 4</value></attr>
<attr name="ENTPersonAdresse"><value>12 rue du Moulin$$$</value></attr>
<attr name="ENTPersonCodePostal"><value>44999</value></attr>
<attr name="ENTPersonVille"><value>SAINT EXEMPLE</value></attr>
<attr name="ENTEleveStatutEleve"><value>SCOLAIRE</value></attr>
<attr name="ENTEleveMEF"><value>10010012110</value></attr>
<attr name="ENTEleveEnseignements"><value>ANGLAIS LV1</value><value>FRANCAIS</value></attr>
<attr name="ENTEleveCodeEnseignements"><value>030201</value><value>020700</value></attr>
<attr name="ENTPersonStructRattach"><value>4312</value></attr>
<attr name="ENTEleveDateEntreeClasses"><value>4312$01/09/2025$6A</value></attr>
<attr name="ENTEleveDateSortieClasses"><value/></attr>
<attr name="ENTEleveClasses"><value>4312$6A</value></attr>
<attr name="ENTEleveGroupes"><value>4312$6ANG1</value></attr>`)
	from, to := strings.Index(one, "<addRequest>"), strings.Index(one, "</ficAlimMENESR>")
	return []byte(one[:from] + strings.Repeat(one[from:to], 5_000) + one[to:])
}

func BenchmarkReader(b *testing.B) {
	in := benchFeed()
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if n, err := drain(NewReader(bytes.NewReader(in))); err != nil || n != 5_000 {
			b.Fatal(n, err)
		}
	}
}

func BenchmarkPupils(b *testing.B) {
	in := benchFeed()
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		r := NewReader(bytes.NewReader(in))
		for {
			rec, err := r.Next()
			if err != nil {
				break
			}
			if rec.Pupil(func(Notice) {}).Key == "" {
				b.Fatal("no key")
			}
		}
	}
}

// TestReaderAllocatesNothingForAValue holds the reader to what makes it fast: two pieces of memory for a whole record.
func TestReaderAllocatesNothingForAValue(t *testing.T) {
	in := benchFeed()
	got := testing.AllocsPerRun(2, func() {
		if _, err := drain(NewReader(bytes.NewReader(in))); err != nil {
			t.Fatal(err)
		}
	})
	if perRecord := got / 5_000; perRecord > 2.1 {
		t.Errorf("a record of thirty values takes %.2f allocations", perRecord)
	}
}
