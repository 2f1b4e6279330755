package documents

import (
	"context"

	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func shapeExtraction(ctx context.Context, id uuid.UUID, u drive.Unzipping, failed bool) extractionView {
	v := extractionView{Title: words.T(ctx, "documents.extraction"), Here: home + "/extractions/" + id.String(), Running: !u.Finished && !failed,
		Progress: ui.Progress{ID: "unpacked", Label: words.T(ctx, "documents.extraction.files"), Value: u.Done, Max: u.Total,
			Words: words.N(ctx, "documents.extraction.progress", u.Total, "done", u.Done)},
		Back: ui.ButtonLink{Label: words.T(ctx, "documents.extraction.open"), URL: folderOf(u.Folder), Icon: ui.IconFolder}}
	if u.Folder == uuid.Nil {
		v.Back = ui.ButtonLink{Label: words.T(ctx, "documents.extraction.back"), URL: home}
	}
	for _, one := range u.Refused {
		text := one.Why
		if one.Name != "" {
			text = words.T(ctx, "documents.problem", "name", one.Name, "why", one.Why)
		}
		v.Refused = append(v.Refused, text)
	}
	if u.Hidden > 0 {
		v.Refused = append(v.Refused, words.N(ctx, "documents.extraction.hidden", u.Hidden))
	}
	switch {
	case failed:
		v.Notice = ui.InlineNotice{Tone: ui.ToneDanger, Title: words.T(ctx, "documents.extraction.failed"), Text: words.T(ctx, "documents.extraction.failed_text")}
	case u.Finished && u.Folder == uuid.Nil:
		v.Notice = ui.InlineNotice{Tone: ui.ToneDanger, Title: words.T(ctx, "documents.extraction.failed"), Text: words.T(ctx, "documents.extraction.refused")}
	case u.Finished:
		v.Back.Kind = ui.ButtonPrimary
		v.Notice = ui.InlineNotice{Tone: ui.ToneSuccess, Title: words.T(ctx, "documents.extraction.done"), Text: words.N(ctx, "documents.extraction.progress", u.Total, "done", u.Done)}
	}
	return v
}
