package panel

import (
	"cmp"
	"slices"
	"strings"

	"wallboard/metrics"
	"wallboard/metrics/clean"
	"wallboard/tui/chart"
	"wallboard/tui/i18n"
	"wallboard/tui/layout"
	"wallboard/tui/screen"
	"wallboard/tui/text"
)

// firstWidth is how wide the first screen's block is at most: lines that can be
// read at a glance, and the commands in one piece.
const firstWidth = 80

// firstLabel is the width of the names of what is tried.
const firstLabel = 12

// firstRow is one row of the first screen.
type firstRow struct {
	indent int
	label  clean.Text
	text   clean.Text
	look   screen.Style
	share  float64 // of a bar; below 0: no bar
	drop   int     // low screens leave out the highest first; 0 stays always
}

// firstState is what the first screen says of one state.
type firstState struct {
	level     metrics.Level
	head, why i18n.ID
	ways      []firstWay
}

// firstWay is one way to go on: in words, and as a command to copy.
type firstWay struct {
	word    i18n.ID
	command []string // its lines
}

// FirstRun says what is tried, why nothing is there yet, and how to go on.
func (p *Pen) FirstRun(c screen.Canvas, s *Scene) {
	w, h := c.Size()
	width := min(w-2, firstWidth)
	if width <= 0 || h <= 0 {
		return
	}
	rows := fitRows(p.firstRows(s, width), h)
	c = c.Sub(layout.Rect{X: (w - width) / 2, Y: (h - len(rows)) / 3, W: width, H: len(rows)})
	state := p.firstState(s)
	for y, r := range rows {
		line := Row(c, y)
		if y == 0 {
			p.Glyph(line, 0, 0, state.level)
		}
		x := r.indent
		if !r.label.Empty() {
			if width >= 2*firstLabel+8 { // else the value alone, which tells its name
				line.PrintFit(x, 0, firstLabel-1, r.label, p.Look.Dim, screen.Left)
				x += firstLabel
			}
		}
		if r.share >= 0 {
			chart.Bar(line, x, 0, min(40, width-x), r.share, p.Look.Bar, p.Look.BarEmpty, p.Look.Glyphs)
			continue
		}
		line.PrintFit(x, 0, width-x, r.text, r.look, screen.Left)
	}
}

// FirstLine is the first screen where there are only a few lines.
func (p *Pen) FirstLine(c screen.Canvas, s *Scene) {
	w, h := c.Size()
	state := p.firstState(s)
	p.Glyph(c, 0, 0, state.level)
	c.PrintFit(2, 0, w-2, p.Say.Fill(state.head, p.firstWhat(s)...), p.Look.Text, screen.Left)
	if h > 1 {
		p.Paragraph(c.Sub(layout.Rect{X: 2, Y: 1, W: w - 2, H: h - 1}), p.Say.Fill(state.why, p.firstWhat(s)...), p.Look.Dim)
	}
}

// fitRows leaves out rows until the rest fits.
func fitRows(rows []firstRow, h int) []firstRow {
	for len(rows) > h {
		worst := len(rows) - 1
		for i, r := range rows {
			if r.drop >= rows[worst].drop {
				worst = i
			}
		}
		if drop := rows[worst].drop; dropsWhole(drop) {
			rows = slices.DeleteFunc(rows, func(r firstRow) bool { return r.drop == drop })
			continue
		}
		rows = slices.Delete(rows, worst, worst+1)
	}
	return rows
}

// What low screens leave out, the highest first. The rows of a sentence and
// those of a way beyond the first go together: half of either says nothing.
const (
	dropNever   = 0
	dropServer  = 1
	dropHow     = 2 // the first command
	dropBar     = 3
	dropWhy     = 4
	dropCaption = 5
	dropTried   = 6
	dropHeading = 7
	dropWays    = 10 // the ways beyond the first, one by one
	dropRaw     = 20
	dropGap     = 21
)

// dropsWhole says whether all rows of one importance go at once.
func dropsWhole(drop int) bool { return drop == dropWhy || drop >= dropWays && drop < dropRaw }

// firstRows is everything that the first screen has to say.
func (p *Pen) firstRows(s *Scene, width int) []firstRow {
	state, link := p.firstState(s), &s.Snapshot.Link
	what := p.firstWhat(s)
	var rows []firstRow
	add := func(r firstRow) {
		if r.share == 0 {
			r.share = -1
		}
		rows = append(rows, r)
	}
	add(firstRow{indent: 2, text: p.Say.Fill(state.head, what...), look: p.Look.Title})
	for _, line := range wrap(p.Say.Fill(state.why, what...), width-2) {
		add(firstRow{indent: 2, text: line, look: p.Look.Text, drop: dropWhy})
	}
	if link.LastError != "" && link.Trouble > metrics.TroubleConnecting {
		add(firstRow{indent: 2, text: p.Say.Fill(i18n.FirstWords, clean.Line(link.LastError)), look: p.Look.Dim, drop: dropRaw})
	}
	p.firstProgress(s, add)
	add(firstRow{drop: dropGap})
	add(firstRow{text: p.Say.Say(i18n.FirstTried), look: p.Look.Title, drop: dropHeading})
	for i, f := range p.firstFacts(s) {
		drop := dropTried
		if i == 0 {
			drop = dropServer
		}
		add(firstRow{indent: 2, label: f.label, text: f.value, look: p.Look.Text, drop: drop})
	}
	add(firstRow{drop: dropGap})
	add(firstRow{text: p.Say.Say(i18n.FirstGoOn), look: p.Look.Title, drop: dropHeading})
	for i, way := range state.ways {
		caption, drop := dropCaption, dropHow
		if i > 0 {
			caption, drop = dropWays+i, dropWays+i
		}
		add(firstRow{indent: 2, text: p.Say.Say(way.word), look: p.Look.Dim, drop: caption})
		for _, line := range way.command {
			add(firstRow{indent: 4, text: clean.Line(line), look: p.Look.Key, drop: drop})
		}
	}
	add(firstRow{drop: dropGap})
	add(firstRow{indent: 2, text: p.Say.Say(i18n.FirstKeys), look: p.Look.Dim, drop: dropRaw})
	return rows
}

// firstProgress says how far history is read.
func (p *Pen) firstProgress(s *Scene, add func(firstRow)) {
	link := &s.Snapshot.Link
	if link.Trouble != metrics.TroubleNone || link.CatchUpTotal == 0 {
		return
	}
	share := float64(link.CatchUpDone) / float64(link.CatchUpTotal)
	add(firstRow{indent: 2, share: max(share, 1e-9), drop: dropBar})
	add(firstRow{indent: 2, look: p.Look.Text, drop: dropBar, text: p.Say.Fill(i18n.FirstProgress,
		p.Num.Count(link.CatchUpDone), p.Num.Count(link.CatchUpTotal), p.Num.Whole(link.EventsPerSecond, i18n.Nearest), p.readingLeft(s))})
}

type firstFact struct{ label, value clean.Text }

// firstFacts is what is tried.
func (p *Pen) firstFacts(s *Scene) []firstFact {
	link := &s.Snapshot.Link
	stream, since := clean.Line(link.Stream), p.Say.Say(i18n.FirstFromFirst)
	switch {
	case link.Stream == "":
		stream, since = p.Say.Say(i18n.FirstCore), p.Say.Say(i18n.FirstFromNow)
	case link.HistoryFrom > 0:
		since = p.Say.Fill(i18n.FirstFrom, p.Num.Minute(link.HistoryFrom, p.Zone), p.Num.Date(link.HistoryFrom, p.Zone))
	}
	facts := []firstFact{
		{p.Say.Say(i18n.FirstServer), clean.Line(link.Server)},
		{p.Say.Say(i18n.FirstStream), stream},
		{p.Say.Say(i18n.FirstSubjects), clean.Line(link.Subjects)},
		{p.Say.Say(i18n.FirstHistory), since},
	}
	if link.Attempts > 0 && !link.Connected {
		wait := max(1_000, link.NextTry-s.Wall)
		facts = append(facts, firstFact{p.Say.Say(i18n.FirstAttempt), p.Say.Fill(i18n.FirstNext, p.Num.Count(int64(link.Attempts)), p.Num.Words(float64(wait)/1000, i18n.Up))})
	}
	return facts
}

// firstWhat fills in the sentences: server, stream, subjects, refused subject,
// floor asked for, floors seen.
func (p *Pen) firstWhat(s *Scene) []clean.Text {
	link := &s.Snapshot.Link
	seen := make([]string, 0, len(s.Snapshot.Floors))
	for _, f := range s.Snapshot.Floors {
		seen = append(seen, f.ID.String())
	}
	return []clean.Text{
		clean.Line(link.Server), clean.Line(link.Stream), clean.Line(link.Subjects), clean.Line(link.Refused),
		clean.Line(s.View.Floor), clean.Line(strings.Join(seen, ", ")),
	}
}

// firstState returns what to say of the link's state.
func (p *Pen) firstState(s *Scene) firstState {
	link := &s.Snapshot.Link
	at := serverFlag(link.Server) + streamFlag(link.Stream)
	doctor := firstWay{i18n.FirstWayDoctor, []string{"wallboard doctor" + at}}
	demo := firstWay{i18n.FirstWayDemo, []string{"wallboard demo"}}
	core := firstWay{i18n.FirstWayCore, []string{"wallboard watch --core" + serverFlag(link.Server)}}
	create := firstWay{i18n.FirstWayCreate, []string{"wallboard stream init" + at}}
	publish := firstWay{i18n.FirstWayPublish, FirstEvent(link.Server, s.View.Floor)}
	seeAll := firstWay{i18n.FirstWayFloors, []string{"wallboard watch" + at}}
	failing := [...]firstState{
		metrics.TroubleConnecting:  {metrics.LevelUnknown, i18n.FirstConnecting, i18n.FirstConnectingWhy, []firstWay{doctor, demo}},
		metrics.TroubleName:        {metrics.LevelStale, i18n.FirstName, i18n.FirstNameWhy, []firstWay{doctor, demo}},
		metrics.TroubleRefused:     {metrics.LevelStale, i18n.FirstRefused, i18n.FirstRefusedWhy, []firstWay{doctor, demo}},
		metrics.TroubleSilent:      {metrics.LevelStale, i18n.FirstRefused, i18n.FirstSilentWhy, []firstWay{doctor, demo}},
		metrics.TroubleUnreachable: {metrics.LevelStale, i18n.FirstUnreachable, i18n.FirstUnreachableWhy, []firstWay{doctor, demo}},
		metrics.TroubleTLS:         {metrics.LevelStale, i18n.FirstTLS, i18n.FirstTLSWhy, []firstWay{doctor, demo}},
		metrics.TroubleAuth:        {metrics.LevelStale, i18n.FirstAuth, i18n.FirstAuthWhy, []firstWay{doctor, demo}},
		metrics.TroublePermission:  {metrics.LevelStale, i18n.FirstPermission, i18n.FirstPermissionWhy, []firstWay{doctor, demo}},
		metrics.TroubleNoJetStream: {metrics.LevelStale, i18n.FirstNoJetStream, i18n.FirstNoJetStreamWhy, []firstWay{core, doctor, demo}},
		metrics.TroubleNoStream:    {metrics.LevelStale, i18n.FirstNoStream, i18n.FirstNoStreamWhy, []firstWay{create, doctor, demo}},
		metrics.TroubleOther:       {metrics.LevelStale, i18n.FirstOther, i18n.FirstOtherWhy, []firstWay{doctor, demo}},
	}
	switch {
	case link.Trouble != metrics.TroubleNone:
		return failing[link.Trouble]
	case len(s.Snapshot.Floors) > 0:
		return firstState{metrics.LevelUnknown, i18n.FirstNoFloor, i18n.FirstNoFloorWhy, []firstWay{seeAll, publish}}
	case link.CatchUpTotal > 0:
		return firstState{metrics.LevelUnknown, i18n.FirstReading, i18n.FirstReadingWhy, []firstWay{doctor}}
	case s.View.Floor != "":
		return firstState{metrics.LevelOK, i18n.FirstNoFloor, i18n.FirstOneFloorWhy, []firstWay{seeAll, publish}}
	}
	return firstState{metrics.LevelOK, i18n.FirstWaiting, i18n.FirstWaitingWhy, []firstWay{publish, doctor}}
}

// serverFlag is how a command names the server; one whose credentials are hidden
// is left to the reader, who knows them.
func serverFlag(server string) string {
	if server == "" || strings.Contains(server, "***") || strings.Contains(server, " ") {
		return ""
	}
	return " --server " + server
}

// usualStream is the stream that commands read where they name none.
const usualStream = "FLOOR"

// streamFlag is how a command names a stream that is not the usual one.
func streamFlag(stream string) string {
	if stream == "" || stream == usualStream {
		return ""
	}
	return " --stream " + stream
}

// FirstEvent is the command that sends the smallest event a board of a floor
// shows, line by line.
func FirstEvent(server, floor string) []string {
	subject := " floor." + cmp.Or(floor, "hz") + ".session.queued.chat \\"
	head := "nats pub" + serverFlag(server) + subject
	if text.Width(head) > firstWidth-4 {
		head = "nats pub" + subject
	}
	return []string{
		head,
		`  '{"id":"1","source":"/acd","type":"session.queued",`,
		`    "session":"s-1","channel":"chat","queue":"presale"}'`,
	}
}
