package slips_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"testing"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

func send(t *testing.T, s *stage, who *testkit.Client, path, name, text string) *testkit.Answer {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("files", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return who.Do(t, testkit.Request{Method: http.MethodPost, To: s.College, Path: path, Body: &b, Header: http.Header{"Content-Type": {w.FormDataContentType()}}})
}

func TestDocumentsGoWithASlip(t *testing.T) {
	s := newStage(t)
	c := s.College
	id := s.begin(t, s.teacher, "slip")
	draft, path := "/slips/drafts/"+id, "/slips/"+id
	send(t, s, s.head, draft+"/files", "faux.txt", "x").Is(t, 404)
	send(t, s, s.teacher, draft+"/files", "programme.txt", "8 h : départ").LeadsTo(t, draft)
	send(t, s, s.teacher, draft+"/files", "erreur.txt", "x").LeadsTo(t, draft)
	var programme, mistake string
	for _, n := range s.teacher.Get(t, c, draft).Page(t).All(".slip-file a") {
		if n.Text() == "programme.txt" {
			programme = n.Attr("href")
		} else {
			mistake = n.Attr("href")
		}
	}
	if got := string(s.teacher.Get(t, c, programme).Is(t, 200).Body); got != "8 h : départ" {
		t.Errorf("the document holds %q", got)
	}
	s.mother.Get(t, c, programme).Is(t, 404) // nobody is asked yet
	s.teacher.Post(t, c, draft+"/files/"+mistake[len(mistake)-36:]+"/removal", url.Values{}).LeadsTo(t, draft)
	s.teacher.Post(t, c, draft, s.editor()).LeadsTo(t, draft+"/check")
	s.teacher.Post(t, c, draft+"/publication", url.Values{"version": {"2"}}).LeadsTo(t, path+"/results")
	s.mother.Get(t, c, path).Sees(t, "a", "programme.txt").SeesNot(t, "erreur.txt")
	s.mother.Get(t, c, programme).Is(t, 200)
	s.mother.Get(t, c, mistake).Is(t, 404)
	for who, client := range map[string]*testkit.Client{"an excluded guardian": s.excluded, "a guardian of another class": s.stranger} {
		if got := client.Get(t, c, programme).Status; got != 404 {
			t.Errorf("%s opens the document: %d", who, got)
		}
	}
	head := s.SignInAs(t, s.Sibling, school.Head)
	head.Get(t, s.Sibling, programme).Is(t, 404)
	send(t, s, s.teacher, draft+"/files", "tard.txt", "x").Is(t, 404) // what is asked stays as it was asked
}
