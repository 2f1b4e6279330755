package mydata

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

type askView struct {
	Trail                   ui.Breadcrumb
	Title, Lead             string
	Facts                   ui.Facts
	Source                  *ui.InlineNotice // what a feed brought is corrected where it comes from
	Form                    ui.Form
	Errors                  []ui.FieldError
	ID, Space, Field, Child string
	Asked                   ui.TextArea
	Send                    ui.Button
}

func shapeAsk(ctx context.Context, s Subject, f Field, desk *tenant.Tenant, form correctionForm, refused fault.Fields) askView {
	v := askView{Trail: ui.Breadcrumb{Trail: []ui.Link{{Label: words.T(ctx, "mydata.title"), URL: at("", s)}}}, Title: words.T(ctx, "mydata.correction.ask"),
		Lead: words.T(ctx, "mydata.correction.ask_lead", "space", desk.Name), Form: ui.Form{ID: "ask", Action: home + "/corrections", KeepSafe: true},
		ID: form.ID.String(), Space: strconv.Itoa(form.Space), Field: form.Field, Child: form.Child,

		Send: ui.Button{Label: words.T(ctx, "mydata.correction.send"), Kind: ui.ButtonPrimary, Icon: ui.IconSend}}
	shown := sayField(ctx, f)
	if shown == "" {
		shown = words.T(ctx, "mydata.correction.nothing")
	}
	if f.Fed {
		v.Source = &ui.InlineNotice{Tone: ui.ToneInfo, Text: words.T(ctx, "mydata.correction.source")}
	}
	v.Facts.Facts = []ui.Fact{{Label: words.T(ctx, "mydata.says."+f.Name), Text: shown}, {Label: words.T(ctx, "mydata.correction.desk"), Text: desk.Name}}
	if !s.Own {
		v.Facts.Facts = append([]ui.Fact{{Label: words.T(ctx, "mydata.correction.about"), Text: s.Name}}, v.Facts.Facts...)
	}
	v.Asked = ui.TextArea{ID: "asked", Name: "asked", Label: words.T(ctx, "mydata.correction.what"), Hint: words.T(ctx, "mydata.correction.what_hint"), Value: form.Asked,
		MaxLength: longestText, Required: true, Error: refused["asked"]}
	v.Errors = errorsOf(refused)
	return v
}

func errorsOf(refused fault.Fields) []ui.FieldError {
	var list []ui.FieldError
	for _, name := range []string{"asked", "state", "reason"} {
		if text := refused[name]; text != "" {
			list = append(list, ui.FieldError{FieldID: name, Text: text})
		}
	}
	return list
}

type correctionsView struct {
	around
	List  []correctionView
	Empty ui.EmptyState
	Other ui.ButtonLink
}

type correctionView struct {
	ID, Title string
	Badge     ui.Badge
	Facts     ui.Facts
}

func (r *Room) shapeCorrections(ctx context.Context, s Subject, list []SpaceCorrections) correctionsView {
	v := correctionsView{around: frame(ctx, s, "/corrections", "mydata.correction.title", "mydata.correction.lead", "mydata.correction.lead_child"),
		Empty: ui.EmptyState{Icon: ui.IconEdit, Title: words.T(ctx, "mydata.correction.none"), Sentence: words.T(ctx, "mydata.correction.none_text")},
		Other: ui.ButtonLink{Label: words.T(ctx, "mydata.correction.other"), URL: at("/corrections/new", s, "space", strconv.FormatInt(int64(s.Spaces[0].ID), 10), "field", "other"), Icon: ui.IconPlus}}
	for _, in := range list {
		for _, c := range in.List {
			v.List = append(v.List, shapeCorrection(ctx, c, in.Space.Name))
		}
	}
	return v
}

// shapeCorrection says what was asked and answered. space is where it was asked, or "" for those who answer there.
func shapeCorrection(ctx context.Context, c Correction, space string) correctionView {
	tones := map[CorrectionState]ui.Badge{Open: {Tone: ui.ToneWarning, Icon: ui.IconClock}, Accepted: {Tone: ui.ToneSuccess, Icon: ui.IconCheck}, Refused: {Tone: ui.ToneDanger, Icon: ui.IconClose}}
	v := correctionView{ID: "request-" + c.ID.String(), Title: words.T(ctx, "mydata.says."+c.Field), Badge: tones[c.State]}
	v.Badge.Label = words.T(ctx, "mydata.state."+string(c.State))
	add := func(key, text string) {
		if text != "" {
			v.Facts.Facts = append(v.Facts.Facts, ui.Fact{Label: words.T(ctx, key), Text: text})
		}
	}
	if space == "" {
		v.Title = words.T(ctx, "mydata.requests.of", "field", v.Title, "name", c.PersonName)
		if c.AuthorName != c.PersonName {
			add("mydata.requests.author", c.AuthorName)
		}
	}
	add("mydata.correction.desk", space)
	add("mydata.correction.shown", sayField(ctx, Field{Name: c.Field, Text: c.Shown}))
	add("mydata.correction.what", c.Asked)
	add("mydata.correction.when", words.DateTime(c.CreatedAt))
	if c.State != Open {
		handler := c.Handler
		if handler == "" {
			handler = words.T(ctx, "mydata.journal.gone")
		}
		add("mydata.correction.answered", words.T(ctx, "mydata.correction.answered_by", "name", handler, "when", words.DateTime(c.HandledAt)))
		add("mydata.correction.reason", c.Reason)
	}
	return v
}

type requestsView struct {
	Doors    ui.Tabs
	Open     []requestView
	Answered []correctionView
	Empty    ui.EmptyState
}

type requestView struct {
	correctionView
	Action, Version string
	State           ui.RadioGroup
	Reason          ui.TextArea
	Send            ui.Button
	Unfold          bool
	Source          *ui.InlineNotice
	Errors          []ui.FieldError
}

func (r *Room) shapeRequests(ctx context.Context, open, answered []Correction, form answerForm, of uuid.UUID, refused fault.Fields) requestsView {
	v := requestsView{Doors: r.doors(ctx, "/requests"), Empty: ui.EmptyState{Icon: ui.IconCheck, Title: words.T(ctx, "mydata.requests.none"), Sentence: words.T(ctx, "mydata.requests.none_text")}}
	for _, c := range open {
		one := requestView{correctionView: shapeCorrection(ctx, c, ""), Action: home + "/requests/" + c.ID.String(), Version: strconv.Itoa(c.Version),
			State: ui.RadioGroup{ID: "state-" + c.ID.String(), Name: "state", Legend: words.T(ctx, "mydata.requests.answer"), Inline: true, Required: true,
				Choices: []ui.Choice{{Value: string(Accepted), Label: words.T(ctx, "mydata.requests.accept")}, {Value: string(Refused), Label: words.T(ctx, "mydata.requests.refuse")}}},
			Reason: ui.TextArea{ID: "reason-" + c.ID.String(), Name: "reason", Label: words.T(ctx, "mydata.requests.reason"), Hint: words.T(ctx, "mydata.requests.reason_hint"), Rows: 3, MaxLength: longestText},
			Send:   ui.Button{Label: words.T(ctx, "mydata.requests.send"), Icon: ui.IconSend}}
		if c.Fed {
			one.Source = &ui.InlineNotice{Tone: ui.ToneWarning, Text: words.T(ctx, "mydata.requests.source")}
		}
		if c.ID == of && refused != nil {
			one.Unfold, one.Reason.Value, one.Reason.Error, one.State.Error = true, form.Reason, refused["reason"], refused["state"]
			for i := range one.State.Choices {
				one.State.Choices[i].Selected = one.State.Choices[i].Value == form.State
			}
			for name, text := range refused {
				one.Errors = append(one.Errors, ui.FieldError{FieldID: name + "-" + c.ID.String(), Text: text})
			}
		}
		v.Open = append(v.Open, one)
	}
	for _, c := range answered {
		v.Answered = append(v.Answered, shapeCorrection(ctx, c, ""))
	}
	return v
}
